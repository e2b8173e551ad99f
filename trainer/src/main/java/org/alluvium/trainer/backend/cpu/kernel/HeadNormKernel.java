package org.alluvium.trainer.backend.cpu.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend.HeadNormBuffers;
import org.alluvium.trainer.backend.cpu.lanes.Elements;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;
import org.alluvium.trainer.backend.cpu.lanes.Scalars;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;

/** RMSNorm of query and key heads over a range of packed rows. */
final class HeadNormKernel {

    private final AttentionShape shape;
    private final Elements input; // (N,(H+2G)D)
    private final MemorySegment queryWeight; // (D)
    private final MemorySegment keyWeight; // (D)
    private final MemorySegment inverseRms; // (N,H+G)
    private final int size;
    private final int normed;

    HeadNormKernel(HeadNormBuffers buffers, AttentionShape shape) {
        this.shape = shape;
        input = Elements.of(buffers.input());
        queryWeight = CpuTensor.floats(buffers.queryWeight());
        keyWeight = CpuTensor.floats(buffers.keyWeight());
        inverseRms = CpuTensor.floats(buffers.inverseRms());
        size = shape.headSize();
        normed = shape.heads() + shape.kvHeads();
    }

    void forward(Elements output, float epsilon, int from, int to) {
        for (int n = from; n < to; n++) {
            long row = (long) n * shape.packedWidth();
            for (int head = 0; head < normed; head++) {
                normalize(output, row + (long) head * size, (long) n * normed + head, weight(head), epsilon);
            }
            for (int i = normed * size; i < shape.packedWidth(); i += Lanes.COUNT) {
                VectorMask<Float> inside = Lanes.SPECIES.indexInRange(i, shape.packedWidth());
                output.store(input.load(row + i, inside), row + i, inside);
            }
        }
    }

    private void normalize(Elements output, long at, long rmsAt, MemorySegment weight, float epsilon) {
        FloatVector squares = Lanes.zero();
        for (int d = 0; d < size; d += Lanes.COUNT) {
            FloatVector x = input.load(at + d, Lanes.SPECIES.indexInRange(d, size));
            squares = x.fma(x, squares);
        }
        float r = (float) (1 / Math.sqrt(Lanes.sum(squares.add(0f)) / size + epsilon));
        Scalars.set(inverseRms, rmsAt, r);
        for (int d = 0; d < size; d += Lanes.COUNT) {
            VectorMask<Float> inside = Lanes.SPECIES.indexInRange(d, size);
            FloatVector scaled = input.load(at + d, inside).mul(r);
            output.store(scaled.mul(Lanes.load(weight, d, inside)), at + d, inside);
        }
    }

    /**
     * Turns gradients of outputs into those of inputs, and overwrites {@code partial} (2D from {@code partialOffset}) with
     * what these rows add to the gradients of the queries' weight, then of the keys'.
     */
    void backward(Elements gradient, MemorySegment partial, long partialOffset, int from, int to) {
        partial.asSlice(partialOffset * Float.BYTES, 2L * size * Float.BYTES).fill((byte) 0);
        for (int n = from; n < to; n++) {
            for (int head = 0; head < normed; head++) {
                long at = (long) n * shape.packedWidth() + (long) head * size;
                float r = Scalars.get(inverseRms, (long) n * normed + head);
                MemorySegment weight = weight(head);
                float shrink = dot(gradient, at, weight) * r * r * r / size;
                long sums = partialOffset + (head < shape.heads() ? 0 : size);
                for (int d = 0; d < size; d += Lanes.COUNT) {
                    VectorMask<Float> inside = Lanes.SPECIES.indexInRange(d, size);
                    FloatVector x = input.load(at + d, inside);
                    FloatVector scaled = gradient.load(at + d, inside).mul(r);
                    Lanes.store(scaled.fma(x, Lanes.load(partial, sums + d, inside)), partial, sums + d, inside);
                    FloatVector dIn = scaled.mul(Lanes.load(weight, d, inside));
                    gradient.store(x.fma(Lanes.broadcast(-shrink), dIn), at + d, inside);
                }
            }
        }
    }

    /** The sum of gradient * weight * input over a head. */
    private float dot(Elements gradient, long at, MemorySegment weight) {
        FloatVector sum = Lanes.zero();
        for (int d = 0; d < size; d += Lanes.COUNT) {
            VectorMask<Float> inside = Lanes.SPECIES.indexInRange(d, size);
            FloatVector scaled = gradient.load(at + d, inside).mul(Lanes.load(weight, d, inside));
            sum = scaled.fma(input.load(at + d, inside), sum);
        }
        return Lanes.sum(sum.add(0f));
    }

    private MemorySegment weight(int head) {
        return head < shape.heads() ? queryWeight : keyWeight;
    }
}
