package org.alluvium.trainer.backend.cpu.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory of a backend, in large pages where that pays ({@link PageMemory}), and counted. One thread allocates. */
public final class PagedArena implements Arena {

    private final Arena arena = Arena.ofShared();
    private long bytes;

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        bytes += byteSize;
        return PageMemory.allocate(arena, byteSize, byteAlignment);
    }

    @Override
    public MemorySegment.Scope scope() {
        return arena.scope();
    }

    /** Of everything that was allocated so far. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        arena.close();
    }
}
