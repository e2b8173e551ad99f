package org.alluvium.trainer.backend.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.alluvium.trainer.backend.Tensor;

/** Floats outside the heap, 64-byte aligned where a tensor begins. */
record CpuTensor(MemorySegment segment) implements Tensor {

    private static final long ALIGNMENT = 64;

    static CpuTensor allocate(Arena arena, long size) {
        return new CpuTensor(arena.allocate(Math.multiplyExact(size, (long) Float.BYTES), ALIGNMENT));
    }

    static CpuTensor of(Tensor tensor) {
        return (CpuTensor) tensor;
    }

    @Override
    public long size() {
        return segment.byteSize() / Float.BYTES;
    }

    @Override
    public CpuTensor slice(long offset, long size) {
        return new CpuTensor(segment.asSlice(offset * Float.BYTES, size * Float.BYTES));
    }
}
