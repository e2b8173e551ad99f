package org.alluvium.trainer.backend.cpu.lanes;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Single floats outside the heap. Offsets count elements. */
public final class Scalars {

    private Scalars() {}

    public static float get(MemorySegment segment, long element) {
        return segment.get(ValueLayout.JAVA_FLOAT, element * Float.BYTES);
    }

    public static void set(MemorySegment segment, long element, float value) {
        segment.set(ValueLayout.JAVA_FLOAT, element * Float.BYTES, value);
    }
}
