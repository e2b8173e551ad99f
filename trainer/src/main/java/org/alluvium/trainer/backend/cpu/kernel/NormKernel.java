package org.alluvium.trainer.backend.cpu.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.alluvium.trainer.backend.Backend.NormBuffers;
import org.alluvium.trainer.backend.cpu.lanes.Elements;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;
import org.alluvium.trainer.backend.cpu.lanes.Scalars;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;

/** RMSNorm over a range of rows. */
final class NormKernel {

    private final MemorySegment input; // (N,C)
    private final MemorySegment weight; // (C)
    private final MemorySegment inverseRms; // (N)
    private final int channels;
    private final int bound;
    private final VectorMask<Float> tail;

    NormKernel(NormBuffers buffers, int channels) {
        input = CpuTensor.floats(buffers.input());
        weight = CpuTensor.floats(buffers.weight());
        inverseRms = CpuTensor.floats(buffers.inverseRms());
        this.channels = channels;
        bound = Lanes.bound(channels);
        tail = Lanes.first(channels - bound);
    }

    void forward(Elements output, float epsilon, int from, int to) {
        for (int n = from; n < to; n++) {
            long row = (long) n * channels;
            float r = (float) (1 / Math.sqrt(squares(row) / channels + epsilon));
            Scalars.set(inverseRms, n, r);
            for (int c = 0; c < bound; c += Lanes.COUNT) {
                FloatVector normed = Lanes.load(input, row + c).mul(r);
                output.store(normed.mul(Lanes.load(weight, c)), row + c);
            }
            if (bound < channels) {
                FloatVector normed = Lanes.load(input, row + bound, tail).mul(r);
                output.store(normed.mul(Lanes.load(weight, bound, tail)), row + bound, tail);
            }
        }
    }

    private float squares(long row) {
        FloatVector sum = Lanes.zero();
        for (int c = 0; c < bound; c += Lanes.COUNT) {
            FloatVector x = Lanes.load(input, row + c);
            sum = x.fma(x, sum);
        }
        if (bound < channels) {
            FloatVector x = Lanes.load(input, row + bound, tail);
            sum = x.fma(x, sum);
        }
        return Lanes.sum(sum.add(0f));
    }

    /**
     * Adds to the input's gradient, and overwrites {@code partial} (C from {@code partialOffset}) with what these rows add
     * to the weight's gradient.
     */
    void backward(
            MemorySegment inputGradient,
            Elements outputGradient,
            MemorySegment partial,
            long partialOffset,
            int from,
            int to) {
        partial.asSlice(partialOffset * Float.BYTES, (long) channels * Float.BYTES)
                .fill((byte) 0);
        for (int n = from; n < to; n++) {
            long row = (long) n * channels;
            float r = Scalars.get(inverseRms, n);
            float shrink = dot(outputGradient, row) * r * r * r / channels;
            for (int c = 0; c < bound; c += Lanes.COUNT) {
                FloatVector x = Lanes.load(input, row + c);
                FloatVector scaled = outputGradient.load(row + c).mul(r);
                FloatVector sum = scaled.fma(x, Lanes.load(partial, partialOffset + c));
                Lanes.store(sum, partial, partialOffset + c);
                FloatVector dx = scaled.fma(Lanes.load(weight, c), Lanes.load(inputGradient, row + c));
                Lanes.store(x.fma(Lanes.broadcast(-shrink), dx), inputGradient, row + c);
            }
            if (bound < channels) {
                FloatVector x = Lanes.load(input, row + bound, tail);
                FloatVector scaled = outputGradient.load(row + bound, tail).mul(r);
                FloatVector sum = scaled.fma(x, Lanes.load(partial, partialOffset + bound, tail));
                Lanes.store(sum, partial, partialOffset + bound, tail);
                FloatVector dx =
                        scaled.fma(Lanes.load(weight, bound, tail), Lanes.load(inputGradient, row + bound, tail));
                Lanes.store(x.fma(Lanes.broadcast(-shrink), dx), inputGradient, row + bound, tail);
            }
        }
    }

    /** The sum of outputGradient * weight * input over a row. */
    private float dot(Elements outputGradient, long row) {
        FloatVector sum = Lanes.zero();
        for (int c = 0; c < bound; c += Lanes.COUNT) {
            FloatVector dOut = outputGradient.load(row + c).mul(Lanes.load(weight, c));
            sum = dOut.fma(Lanes.load(input, row + c), sum);
        }
        if (bound < channels) {
            FloatVector dOut = outputGradient.load(row + bound, tail).mul(Lanes.load(weight, bound, tail));
            sum = dOut.fma(Lanes.load(input, row + bound, tail), sum);
        }
        return Lanes.sum(sum.add(0f));
    }
}
