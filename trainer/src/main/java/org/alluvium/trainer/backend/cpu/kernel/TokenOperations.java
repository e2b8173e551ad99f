package org.alluvium.trainer.backend.cpu.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend.HeadNormBuffers;
import org.alluvium.trainer.backend.Backend.HeadNormGradients;
import org.alluvium.trainer.backend.Backend.LossBuffers;
import org.alluvium.trainer.backend.Backend.NormBuffers;
import org.alluvium.trainer.backend.Indices;
import org.alluvium.trainer.backend.LossTerms;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.Workload;
import org.alluvium.trainer.backend.cpu.lanes.Elements;
import org.alluvium.trainer.backend.cpu.lanes.FlatKernels;
import org.alluvium.trainer.backend.cpu.memory.CpuIndices;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;
import org.alluvium.trainer.backend.cpu.team.TileLoops;

/** Operations that look at one row (or one column) at a time. */
public final class TokenOperations {

    private static final int TILE_LOGITS = 4; // rows of logits
    private static final int TILE_CHANNELS = 64; // columns of a scattered gradient

    private final TileLoops loops;
    private final Arena arena;
    private final float[][] scratch; // of each thread
    private MemorySegment normPartials = MemorySegment.NULL;

    /** Scratch memory comes from the arena. */
    public TokenOperations(TileLoops loops, Arena arena) {
        this.loops = loops;
        this.arena = arena;
        scratch = new float[loops.team().threads()][SwiGluKernel.SCRATCH];
    }

    /** What all threads take together: a row of partial gradients for each tile of tokens. */
    public static long scratchBytes(Workload work) {
        return Float.BYTES * partials(work);
    }

    private static long partials(Workload work) {
        int tiles = Math.ceilDiv(work.attention().tokens(), TileLoops.TOKENS);
        return work.learns() ? (long) tiles * work.normWidth() : 0;
    }

    /** Takes scratch memory for this work, if it is not there. */
    public void reserve(Workload work) {
        normPartials(partials(work));
    }

    public void embed(Tensor output, Tensor table, Indices ids, int tokens, int channels) {
        MemorySegment into = CpuTensor.floats(output);
        MemorySegment out = CpuTensor.floats(table);
        CpuIndices rows = CpuIndices.of(ids);
        long bytes = (long) channels * Float.BYTES;
        loops.byRows(tokens, TileLoops.TOKENS, (from, to, worker) -> {
            for (int n = from; n < to; n++) {
                MemorySegment.copy(out, rows.get(n) * bytes, into, n * bytes, bytes);
            }
        });
    }

    public void embedBackward(Tensor tableGradient, Tensor outputGradient, Indices ids, int tokens, int channels) {
        MemorySegment table = CpuTensor.floats(tableGradient);
        MemorySegment dOut = CpuTensor.floats(outputGradient);
        CpuIndices rows = CpuIndices.of(ids);
        // by columns, so that equal ids meet in one tile and add up in row order
        loops.byRows(channels, TILE_CHANNELS, (from, to, worker) -> {
            for (int n = 0; n < tokens; n++) {
                FlatKernels.add(
                        table, (long) rows.get(n) * channels + from, dOut, (long) n * channels + from, to - from);
            }
        });
    }

    public void rmsNorm(NormBuffers buffers, Tensor output, int tokens, int channels, double epsilon) {
        NormKernel kernel = new NormKernel(buffers, channels);
        Elements out = Elements.of(output);
        loops.byRows(tokens, TileLoops.TOKENS, (from, to, worker) -> kernel.forward(out, (float) epsilon, from, to));
    }

    public void rmsNormBackward(
            NormBuffers buffers,
            Tensor inputGradient,
            Tensor weightGradient,
            Tensor outputGradient,
            int tokens,
            int channels) {
        NormKernel kernel = new NormKernel(buffers, channels);
        MemorySegment dIn = CpuTensor.floats(inputGradient);
        Elements dOut = Elements.of(outputGradient);
        int tiles = Math.ceilDiv(tokens, TileLoops.TOKENS);
        MemorySegment partials = normPartials((long) tiles * channels);
        loops.byRows(
                tokens,
                TileLoops.TOKENS,
                (from, to, worker) ->
                        kernel.backward(dIn, dOut, partials, (long) from / TileLoops.TOKENS * channels, from, to));
        MemorySegment dWeight = CpuTensor.floats(weightGradient);
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

    public void rotate(Tensor packed, Tensor table, Indices documentStart, AttentionShape shape, float sign) {
        RotaryKernel kernel = new RotaryKernel(packed, table, CpuIndices.of(documentStart), shape, sign);
        loops.byRows(shape.tokens(), TileLoops.TOKENS, (from, to, worker) -> kernel.rotate(from, to));
    }

    public void swiGlu(Tensor output, Tensor gateUp, int tokens, int hidden) {
        SwiGluKernel kernel = new SwiGluKernel(Elements.of(gateUp), hidden);
        Elements out = Elements.of(output);
        loops.byRows(tokens, TileLoops.TOKENS, (from, to, worker) -> kernel.forward(out, from, to));
    }

    public void swiGluBackward(Tensor gateUpGradient, Tensor outputGradient, Tensor gateUp, int tokens, int hidden) {
        SwiGluKernel kernel = new SwiGluKernel(Elements.of(gateUp), hidden);
        Elements dIn = Elements.of(gateUpGradient);
        Elements dOut = Elements.of(outputGradient);
        loops.byRows(
                tokens, TileLoops.TOKENS, (from, to, worker) -> kernel.backward(dIn, dOut, scratch[worker], from, to));
    }

    public void headNorm(HeadNormBuffers buffers, Tensor output, AttentionShape shape, double epsilon) {
        HeadNormKernel kernel = new HeadNormKernel(buffers, shape);
        Elements out = Elements.of(output);
        loops.byRows(
                shape.tokens(), TileLoops.TOKENS, (from, to, worker) -> kernel.forward(out, (float) epsilon, from, to));
    }

    public void headNormBackward(
            HeadNormBuffers buffers, HeadNormGradients gradients, Tensor packedGradient, AttentionShape shape) {
        HeadNormKernel kernel = new HeadNormKernel(buffers, shape);
        Elements gradient = Elements.of(packedGradient);
        int size = shape.headSize();
        int tiles = Math.ceilDiv(shape.tokens(), TileLoops.TOKENS);
        MemorySegment partials = normPartials(2L * tiles * size);
        loops.byRows(
                shape.tokens(),
                TileLoops.TOKENS,
                (from, to, worker) ->
                        kernel.backward(gradient, partials, 2L * from / TileLoops.TOKENS * size, from, to));
        for (int tile = 0; tile < tiles; tile++) {
            FlatKernels.add(CpuTensor.floats(gradients.query()), 0, partials, 2L * tile * size, size);
            FlatKernels.add(CpuTensor.floats(gradients.key()), 0, partials, 2L * tile * size + size, size);
        }
    }

    public void crossEntropy(Tensor losses, Tensor logits, Indices targets, LossTerms terms, int rows, int vocabulary) {
        CrossEntropyKernel kernel = crossEntropyKernel(losses, logits, targets, terms, vocabulary);
        loops.byRows(rows, TILE_LOGITS, (from, to, worker) -> kernel.forward(from, to));
    }

    public void crossEntropyWithGradient(LossBuffers buffers, LossTerms terms, float scale, int rows, int vocabulary) {
        CrossEntropyKernel kernel =
                crossEntropyKernel(buffers.losses(), buffers.logits(), buffers.targets(), terms, vocabulary);
        Elements gradient = Elements.of(buffers.gradient());
        loops.byRows(rows, TILE_LOGITS, (from, to, worker) -> kernel.forwardBackward(gradient, scale, from, to));
    }

    private static CrossEntropyKernel crossEntropyKernel(
            Tensor losses, Tensor logits, Indices targets, LossTerms terms, int vocabulary) {
        return new CrossEntropyKernel(losses, logits, CpuIndices.of(targets), terms, vocabulary);
    }
}
