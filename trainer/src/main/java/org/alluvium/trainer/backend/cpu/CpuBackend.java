package org.alluvium.trainer.backend.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.alluvium.trainer.backend.AdamWCoefficients;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendInfo;
import org.alluvium.trainer.backend.Indices;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.cpu.Gemm.Extent;
import org.alluvium.trainer.backend.cpu.Gemm.Form;
import org.alluvium.trainer.backend.cpu.Gemm.Matrix;

/** Cuts every operation into tiles by shape and runs them on the {@link WorkTeam}; see {@link Backend} for contracts. */
public final class CpuBackend implements Backend {

    private static final int TILE_TOKENS = 32; // rows of a token-wise operation
    private static final int TILE_LOGITS = 4; // rows of logits
    private static final int TILE_ELEMENTS = 1 << 15; // elements of a flat operation
    private static final int TILE_CHANNELS = 64; // columns of a scattered gradient

    private final Arena arena = Arena.ofShared();
    private final BackendInfo info;
    private final WorkTeam team;
    private final Gemm[] gemms;
    private final Matmul matmul;
    private final MemorySegment[] attentionScratch;
    private MemorySegment normPartials = MemorySegment.NULL;
    private double[] squares = new double[0];

    /** One product a thread from {@code gemm}; {@code detail} goes into the banner. */
    CpuBackend(int threads, Supplier<Gemm> gemm, String detail) {
        gemms = IntStream.range(0, threads).mapToObj(thread -> gemm.get()).toArray(Gemm[]::new);
        info = new BackendInfo("cpu", detail, threads);
        team = new WorkTeam(threads, gemms[0]::prepareThread);
        matmul = new Matmul(team, gemms);
        attentionScratch = new MemorySegment[threads];
    }

    @Override
    public BackendInfo info() {
        return info;
    }

    @Override
    public Tensor allocate(long size) {
        return CpuTensor.allocate(arena, size);
    }

    @Override
    public Indices allocateIndices(int size) {
        return new CpuIndices(size);
    }

    @Override
    public void write(Tensor destination, float[] source, int count) {
        MemorySegment.copy(source, 0, CpuTensor.of(destination).segment(), ValueLayout.JAVA_FLOAT, 0, count);
    }

    @Override
    public void write(Indices destination, int[] source, int count) {
        CpuIndices.of(destination).write(source, count);
    }

    @Override
    public void read(Tensor source, float[] destination, int count) {
        MemorySegment.copy(CpuTensor.of(source).segment(), ValueLayout.JAVA_FLOAT, 0, destination, 0, count);
    }

    @Override
    public void clear(Tensor tensor) {
        MemorySegment segment = CpuTensor.of(tensor).segment();
        flat(
                tensor.size(),
                (from, to) -> segment.asSlice(from * Float.BYTES, (to - from) * Float.BYTES)
                        .fill((byte) 0));
    }

    @Override
    public void copy(Tensor destination, Tensor source, long size) {
        MemorySegment into = CpuTensor.of(destination).segment();
        MemorySegment out = CpuTensor.of(source).segment();
        flat(
                size,
                (from, to) -> MemorySegment.copy(
                        out, from * Float.BYTES, into, from * Float.BYTES, (to - from) * Float.BYTES));
    }

    @Override
    public void embed(Tensor output, Tensor table, Indices ids, int tokens, int channels) {
        MemorySegment into = CpuTensor.of(output).segment();
        MemorySegment out = CpuTensor.of(table).segment();
        CpuIndices rows = CpuIndices.of(ids);
        long bytes = (long) channels * Float.BYTES;
        byRows(tokens, TILE_TOKENS, (from, to, worker) -> {
            for (int n = from; n < to; n++) {
                MemorySegment.copy(out, rows.get(n) * bytes, into, n * bytes, bytes);
            }
        });
    }

    @Override
    public void embedBackward(Tensor tableGradient, Tensor outputGradient, Indices ids, int tokens, int channels) {
        MemorySegment table = CpuTensor.of(tableGradient).segment();
        MemorySegment dOut = CpuTensor.of(outputGradient).segment();
        CpuIndices rows = CpuIndices.of(ids);
        // by columns, so that equal ids meet in one tile and add up in row order
        byRows(channels, TILE_CHANNELS, (from, to, worker) -> {
            for (int n = 0; n < tokens; n++) {
                FlatKernels.add(
                        table, (long) rows.get(n) * channels + from, dOut, (long) n * channels + from, to - from);
            }
        });
    }

    @Override
    public void rmsNorm(NormBuffers buffers, Tensor output, int tokens, int channels, double epsilon) {
        NormKernel kernel = new NormKernel(buffers, channels);
        MemorySegment out = CpuTensor.of(output).segment();
        byRows(tokens, TILE_TOKENS, (from, to, worker) -> kernel.forward(out, (float) epsilon, from, to));
    }

    @Override
    public void rmsNormBackward(
            NormBuffers buffers,
            Tensor inputGradient,
            Tensor weightGradient,
            Tensor outputGradient,
            int tokens,
            int channels) {
        NormKernel kernel = new NormKernel(buffers, channels);
        MemorySegment dIn = CpuTensor.of(inputGradient).segment();
        MemorySegment dOut = CpuTensor.of(outputGradient).segment();
        int tiles = Math.ceilDiv(tokens, TILE_TOKENS);
        MemorySegment partials = normPartials((long) tiles * channels);
        byRows(
                tokens,
                TILE_TOKENS,
                (from, to, worker) ->
                        kernel.backward(dIn, dOut, partials, (long) from / TILE_TOKENS * channels, from, to));
        MemorySegment dWeight = CpuTensor.of(weightGradient).segment();
        for (int tile = 0; tile < tiles; tile++) {
            FlatKernels.add(dWeight, 0, partials, (long) tile * channels, channels);
        }
    }

    private MemorySegment normPartials(long size) {
        if (normPartials.byteSize() < size * Float.BYTES) {
            normPartials = CpuTensor.allocate(arena, size).segment();
        }
        return normPartials;
    }

    @Override
    public void linear(Tensor output, Tensor input, Tensor weight, LinearShape shape, boolean accumulate) {
        matmul.multiply(
                Form.NT,
                new Extent(shape.rows(), shape.out(), shape.in()),
                Matrix.of(CpuTensor.of(input), shape.in()),
                Matrix.of(CpuTensor.of(weight), shape.in()),
                accumulate ? 1f : 0f,
                Matrix.of(CpuTensor.of(output), shape.out()));
    }

    @Override
    public void linearBackwardInput(Tensor inputGradient, Tensor outputGradient, Tensor weight, LinearShape shape) {
        matmul.multiply(
                Form.NN,
                new Extent(shape.rows(), shape.in(), shape.out()),
                Matrix.of(CpuTensor.of(outputGradient), shape.out()),
                Matrix.of(CpuTensor.of(weight), shape.in()),
                0f,
                Matrix.of(CpuTensor.of(inputGradient), shape.in()));
    }

    @Override
    public void linearBackwardWeight(Tensor weightGradient, Tensor outputGradient, Tensor input, LinearShape shape) {
        matmul.multiply(
                Form.TN,
                new Extent(shape.out(), shape.in(), shape.rows()),
                Matrix.of(CpuTensor.of(outputGradient), shape.out()),
                Matrix.of(CpuTensor.of(input), shape.in()),
                1f,
                Matrix.of(CpuTensor.of(weightGradient), shape.in()));
    }

    @Override
    public void rotate(Tensor packed, Tensor table, Indices documentStart, AttentionShape shape) {
        rotate(packed, table, documentStart, shape, 1f);
    }

    @Override
    public void rotateBackward(Tensor packedGradient, Tensor table, Indices documentStart, AttentionShape shape) {
        rotate(packedGradient, table, documentStart, shape, -1f);
    }

    private void rotate(Tensor packed, Tensor table, Indices documentStart, AttentionShape shape, float sign) {
        RotaryKernel kernel =
                new RotaryKernel(CpuTensor.of(packed), CpuTensor.of(table), CpuIndices.of(documentStart), shape, sign);
        byRows(shape.tokens(), TILE_TOKENS, (from, to, worker) -> kernel.rotate(from, to));
    }

    @Override
    public void attention(Tensor output, Tensor logSumExp, Tensor packed, Indices documentStart, AttentionShape shape) {
        growAttentionScratch(shape.context());
        team.run(
                shape.rows() * shape.heads(),
                (tile, worker) -> new AttentionKernel(
                                shape,
                                CpuIndices.of(documentStart),
                                CpuTensor.of(packed),
                                CpuTensor.of(logSumExp),
                                gemms[worker])
                        .forward(
                                CpuTensor.of(output),
                                tile / shape.heads(),
                                tile % shape.heads(),
                                attentionScratch[worker]));
    }

    @Override
    public void attentionBackward(
            Tensor packedGradient,
            Tensor outputGradient,
            AttentionResult result,
            Tensor packed,
            Indices documentStart,
            AttentionShape shape) {
        growAttentionScratch(shape.context());
        CpuTensor sums = CpuTensor.of(result.logSumExp());
        team.run(
                shape.rows() * shape.kvHeads(),
                (tile, worker) -> new AttentionKernel(
                                shape, CpuIndices.of(documentStart), CpuTensor.of(packed), sums, gemms[worker])
                        .backward(
                                CpuTensor.of(packedGradient),
                                CpuTensor.of(outputGradient),
                                CpuTensor.of(result.output()),
                                tile / shape.kvHeads(),
                                tile % shape.kvHeads(),
                                attentionScratch[worker]));
    }

    private void growAttentionScratch(int context) {
        long size = AttentionKernel.scratchElements(context);
        for (int worker = 0; worker < attentionScratch.length; worker++) {
            MemorySegment scratch = attentionScratch[worker];
            if (scratch == null || scratch.byteSize() < size * Float.BYTES) {
                attentionScratch[worker] = CpuTensor.allocate(arena, size).segment();
            }
        }
    }

    @Override
    public void swiGlu(Tensor output, Tensor gateUp, int tokens, int hidden) {
        SwiGluKernel kernel = new SwiGluKernel(CpuTensor.of(gateUp), hidden);
        MemorySegment out = CpuTensor.of(output).segment();
        byRows(tokens, TILE_TOKENS, (from, to, worker) -> kernel.forward(out, from, to));
    }

    @Override
    public void swiGluBackward(Tensor gateUpGradient, Tensor outputGradient, Tensor gateUp, int tokens, int hidden) {
        SwiGluKernel kernel = new SwiGluKernel(CpuTensor.of(gateUp), hidden);
        MemorySegment dIn = CpuTensor.of(gateUpGradient).segment();
        MemorySegment dOut = CpuTensor.of(outputGradient).segment();
        byRows(tokens, TILE_TOKENS, (from, to, worker) -> kernel.backward(dIn, dOut, from, to));
    }

    @Override
    public void crossEntropy(Tensor losses, Tensor logits, Indices targets, int rows, int vocabulary) {
        CrossEntropyKernel kernel = crossEntropyKernel(losses, logits, targets, vocabulary);
        byRows(rows, TILE_LOGITS, (from, to, worker) -> kernel.forward(from, to));
    }

    @Override
    public void crossEntropyWithGradient(
            Tensor losses, Tensor logits, Indices targets, float scale, int rows, int vocabulary) {
        CrossEntropyKernel kernel = crossEntropyKernel(losses, logits, targets, vocabulary);
        byRows(rows, TILE_LOGITS, (from, to, worker) -> kernel.forwardBackward(scale, from, to));
    }

    private static CrossEntropyKernel crossEntropyKernel(
            Tensor losses, Tensor logits, Indices targets, int vocabulary) {
        return new CrossEntropyKernel(CpuTensor.of(losses), CpuTensor.of(logits), CpuIndices.of(targets), vocabulary);
    }

    @Override
    public void squaredNorm(Tensor result, Tensor tensor) {
        MemorySegment values = CpuTensor.of(tensor).segment();
        int tiles = Math.toIntExact(Math.ceilDiv(tensor.size(), (long) TILE_ELEMENTS));
        if (squares.length < tiles) {
            squares = new double[tiles];
        }
        flat(
                tensor.size(),
                (from, to) -> squares[(int) (from / TILE_ELEMENTS)] = FlatKernels.sumOfSquares(values, from, to));
        double sum = 0;
        for (int tile = 0; tile < tiles; tile++) {
            sum += squares[tile];
        }
        Scalars.set(CpuTensor.of(result).segment(), 0, (float) sum);
    }

    @Override
    public void adamW(
            Tensor weights, Tensor gradients, Moments moments, Tensor squaredNorm, AdamWCoefficients coefficients) {
        AdamWKernel kernel = new AdamWKernel(
                CpuTensor.of(weights),
                CpuTensor.of(gradients),
                CpuTensor.of(moments.first()),
                CpuTensor.of(moments.second()),
                coefficients,
                Scalars.get(CpuTensor.of(squaredNorm).segment(), 0));
        flat(moments.first().size(), kernel::update);
    }

    @Override
    public double measurePeakFlops() {
        return new Calibration(team, gemms).measure();
    }

    @Override
    public void close() {
        team.close();
        arena.close();
    }

    /** A range of elements. */
    @FunctionalInterface
    private interface FlatTask {
        void run(long from, long to);
    }

    private void flat(long size, FlatTask task) {
        int tiles = Math.toIntExact(Math.ceilDiv(size, (long) TILE_ELEMENTS));
        team.run(tiles, (tile, worker) -> {
            long from = (long) tile * TILE_ELEMENTS;
            task.run(from, Math.min(size, from + TILE_ELEMENTS));
        });
    }

    /** A range of rows. */
    @FunctionalInterface
    private interface RowTask {
        void run(int from, int to, int worker);
    }

    private void byRows(int rows, int tileRows, RowTask task) {
        team.run(Math.ceilDiv(rows, tileRows), (tile, worker) -> {
            int from = tile * tileRows;
            task.run(from, Math.min(rows, from + tileRows), worker);
        });
    }
}
