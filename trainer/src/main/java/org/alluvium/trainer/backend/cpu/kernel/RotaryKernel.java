package org.alluvium.trainer.backend.cpu.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.cpu.lanes.Elements;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;
import org.alluvium.trainer.backend.cpu.memory.CpuIndices;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;

/** Rotary position embedding over a range of packed rows, in place. */
final class RotaryKernel {

    private final Elements packed; // (N,(H+2G)D)
    private final MemorySegment table; // (T,D)
    private final CpuIndices documentStart;
    private final AttentionShape shape;
    private final int half;
    private final int bound;
    private final VectorMask<Float> tail;
    private final float sign;

    /** Rotates back if {@code sign} is -1. */
    RotaryKernel(Tensor packed, Tensor table, CpuIndices documentStart, AttentionShape shape, float sign) {
        this.packed = Elements.of(packed);
        this.table = CpuTensor.floats(table);
        this.documentStart = documentStart;
        this.shape = shape;
        this.sign = sign;
        half = shape.headSize() / 2;
        bound = Lanes.bound(half);
        tail = Lanes.first(half - bound);
    }

    void rotate(int from, int to) {
        int heads = shape.heads() + shape.kvHeads();
        for (int n = from; n < to; n++) {
            int position = n % shape.context() - documentStart.get(n);
            long angles = (long) position * shape.headSize();
            for (int head = 0; head < heads; head++) {
                rotateHead((long) n * shape.packedWidth() + (long) head * shape.headSize(), angles);
            }
        }
    }

    private void rotateHead(long at, long angles) {
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector cos = Lanes.load(table, angles + i);
            FloatVector sin = Lanes.load(table, angles + half + i).mul(sign);
            FloatVector x = packed.load(at + i);
            FloatVector y = packed.load(at + half + i);
            packed.store(x.mul(cos).sub(y.mul(sin)), at + i);
            packed.store(y.mul(cos).add(x.mul(sin)), at + half + i);
        }
        if (bound < half) {
            FloatVector cos = Lanes.load(table, angles + bound, tail);
            FloatVector sin = Lanes.load(table, angles + half + bound, tail).mul(sign);
            FloatVector x = packed.load(at + bound, tail);
            FloatVector y = packed.load(at + half + bound, tail);
            packed.store(x.mul(cos).sub(y.mul(sin)), at + bound, tail);
            packed.store(y.mul(cos).add(x.mul(sin)), at + half + bound, tail);
        }
    }
}
