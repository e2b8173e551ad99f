package org.alluvium.trainer.backend.cpu.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.alluvium.trainer.backend.Bfloat16;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Tensor;

/** Elements outside the heap, 64-byte aligned where a tensor begins. */
public record CpuTensor(MemorySegment segment, ElementType type) implements Tensor {

    private static final long ALIGNMENT = 64;

    public static CpuTensor allocate(Arena arena, long size, ElementType type) {
        return new CpuTensor(arena.allocate(Math.multiplyExact(size, (long) type.bytes()), ALIGNMENT), type);
    }

    public static CpuTensor allocate(Arena arena, long size) {
        return allocate(arena, size, ElementType.F32);
    }

    public static CpuTensor of(Tensor tensor) {
        return (CpuTensor) tensor;
    }

    /**
     * The memory of a tensor of floats.
     *
     * @throws IllegalArgumentException if it holds another type
     */
    public static MemorySegment floats(Tensor tensor) {
        CpuTensor own = of(tensor);
        if (own.type != ElementType.F32) {
            throw new IllegalArgumentException("a tensor of " + own.type + " where F32 is meant");
        }
        return own.segment;
    }

    /** Copies the first {@code count} elements of {@code source} in, rounded to this type. */
    public void write(float[] source, int count) {
        switch (type) {
            case F32 -> MemorySegment.copy(source, 0, segment, ValueLayout.JAVA_FLOAT, 0, count);
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    segment.setAtIndex(ValueLayout.JAVA_SHORT, i, Bfloat16.fromFloat(source[i]));
                }
            }
        }
    }

    /** Copies the first {@code count} elements out. */
    public void read(float[] destination, int count) {
        switch (type) {
            case F32 -> MemorySegment.copy(segment, ValueLayout.JAVA_FLOAT, 0, destination, 0, count);
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    destination[i] = Bfloat16.toFloat(segment.getAtIndex(ValueLayout.JAVA_SHORT, i));
                }
            }
        }
    }

    @Override
    public long size() {
        return segment.byteSize() / type.bytes();
    }

    @Override
    public CpuTensor slice(long offset, long size) {
        return new CpuTensor(segment.asSlice(offset * type.bytes(), size * type.bytes()), type);
    }
}
