package org.alluvium.trainer.backend.cpu.lanes;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.alluvium.trainer.backend.Bfloat16;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;

/** Vectors of floats out of and into a tensor of either type. */
public record Elements(MemorySegment segment, boolean half) {

    public static Elements of(Tensor tensor) {
        CpuTensor own = CpuTensor.of(tensor);
        return new Elements(own.segment(), own.type() == ElementType.BF16);
    }

    public FloatVector load(long element) {
        return half ? Lanes.loadBf16(segment, element) : Lanes.load(segment, element);
    }

    public FloatVector load(long element, VectorMask<Float> mask) {
        return half ? Lanes.loadBf16(segment, element, mask) : Lanes.load(segment, element, mask);
    }

    /** Sets one element. */
    public void set(long element, float value) {
        if (half) {
            segment.set(ValueLayout.JAVA_SHORT, element * Short.BYTES, Bfloat16.fromFloat(value));
        } else {
            Scalars.set(segment, element, value);
        }
    }

    /** Sets {@code count} elements to 0. */
    public void clear(long element, long count) {
        int bytes = half ? Short.BYTES : Float.BYTES;
        segment.asSlice(element * bytes, count * bytes).fill((byte) 0);
    }

    public void store(FloatVector vector, long element) {
        if (half) {
            Lanes.storeBf16(vector, segment, element);
        } else {
            Lanes.store(vector, segment, element);
        }
    }

    public void store(FloatVector vector, long element, VectorMask<Float> mask) {
        if (half) {
            Lanes.storeBf16(vector, segment, element, mask);
        } else {
            Lanes.store(vector, segment, element, mask);
        }
    }
}
