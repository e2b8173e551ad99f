package org.alluvium.trainer.backend.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Tensor;

/** Vectors of floats out of and into a tensor of either type. */
record Elements(MemorySegment segment, boolean half) {

    static Elements of(Tensor tensor) {
        CpuTensor own = CpuTensor.of(tensor);
        return new Elements(own.segment(), own.type() == ElementType.BF16);
    }

    FloatVector load(long element) {
        return half ? Lanes.loadBf16(segment, element) : Lanes.load(segment, element);
    }

    FloatVector load(long element, VectorMask<Float> mask) {
        return half ? Lanes.loadBf16(segment, element, mask) : Lanes.load(segment, element, mask);
    }

    void store(FloatVector vector, long element) {
        if (half) {
            Lanes.storeBf16(vector, segment, element);
        } else {
            Lanes.store(vector, segment, element);
        }
    }

    void store(FloatVector vector, long element, VectorMask<Float> mask) {
        if (half) {
            Lanes.storeBf16(vector, segment, element, mask);
        } else {
            Lanes.store(vector, segment, element, mask);
        }
    }
}
