package org.alluvium.trainer.backend.cpu.kernel;

import java.lang.foreign.MemorySegment;
import org.alluvium.trainer.backend.AdamWCoefficients;
import org.alluvium.trainer.backend.Backend.Moments;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.cpu.lanes.Elements;
import org.alluvium.trainer.backend.cpu.lanes.FlatKernels;
import org.alluvium.trainer.backend.cpu.lanes.Scalars;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;
import org.alluvium.trainer.backend.cpu.team.TileLoops;

/** Operations that do not know rows: each element alone, or all of them summed. */
public final class FlatOperations {

    private final TileLoops loops;
    private double[] squares = new double[0];

    public FlatOperations(TileLoops loops) {
        this.loops = loops;
    }

    public void clear(CpuTensor tensor) {
        int bytes = tensor.type().bytes();
        loops.flat(
                tensor.size(),
                (from, to) -> tensor.segment()
                        .asSlice(from * bytes, (to - from) * bytes)
                        .fill((byte) 0));
    }

    /** Copies floats to memory that is no tensor. */
    public void read(MemorySegment floats, MemorySegment destination) {
        loops.flat(
                floats.byteSize() / Float.BYTES,
                (from, to) -> MemorySegment.copy(
                        floats, from * Float.BYTES, destination, from * Float.BYTES, (to - from) * Float.BYTES));
    }

    public void copy(CpuTensor destination, CpuTensor source, long size) {
        loops.flat(size, (from, to) -> FlatKernels.copy(destination, source, from, to));
    }

    public void squaredNorm(Tensor result, Tensor tensor) {
        MemorySegment values = CpuTensor.floats(tensor);
        int tiles = Math.toIntExact(Math.ceilDiv(tensor.size(), (long) TileLoops.ELEMENTS));
        if (squares.length < tiles) {
            squares = new double[tiles];
        }
        loops.flat(
                tensor.size(),
                (from, to) -> squares[(int) (from / TileLoops.ELEMENTS)] = FlatKernels.sumOfSquares(values, from, to));
        double sum = 0;
        for (int tile = 0; tile < tiles; tile++) {
            sum += squares[tile];
        }
        Scalars.set(CpuTensor.floats(result), 0, (float) sum);
    }

    public void reluSquared(Tensor output, Tensor input, long size) {
        Elements out = Elements.of(output);
        Elements in = Elements.of(input);
        loops.flat(size, (from, to) -> ReluSquaredKernel.forward(out, in, from, to));
    }

    public void reluSquaredBackward(Tensor inputGradient, Tensor outputGradient, Tensor input, long size) {
        Elements dIn = Elements.of(inputGradient);
        Elements dOut = Elements.of(outputGradient);
        Elements in = Elements.of(input);
        loops.flat(size, (from, to) -> ReluSquaredKernel.backward(dIn, dOut, in, from, to));
    }

    public void average(Tensor average, Tensor weights, double share) {
        MemorySegment into = CpuTensor.floats(average);
        MemorySegment from = CpuTensor.floats(weights);
        loops.flat(average.size(), (low, high) -> FlatKernels.approach(into, from, (float) share, low, high));
    }

    public void adamW(
            Tensor weights, Tensor gradients, Moments moments, Tensor squaredNorm, AdamWCoefficients coefficients) {
        AdamWKernel kernel = new AdamWKernel(
                CpuTensor.of(weights),
                CpuTensor.of(gradients),
                CpuTensor.of(moments.first()),
                CpuTensor.of(moments.second()),
                coefficients,
                Scalars.get(CpuTensor.floats(squaredNorm), 0));
        loops.flat(moments.first().size(), kernel::update);
    }
}
