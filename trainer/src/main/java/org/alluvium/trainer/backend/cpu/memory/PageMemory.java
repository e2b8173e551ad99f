package org.alluvium.trainer.backend.cpu.memory;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Zeroed memory outside the heap in pages of 2 MiB, on Linux: a matrix then needs a five-hundredth of the entries of the
 * table by which a processor translates addresses. Arenas clear what they allocate, and so have touched every small page
 * before one could ask for large ones; hence the mapping is made here, by {@code mmap} and {@code madvise}. Only whole
 * large pages are asked for, so that no more memory is taken than without them. Where there are none, or the kernel does
 * not give them, memory is an arena's or has small pages.
 */
final class PageMemory {

    private static final long LARGE_PAGE = 2L << 20;
    private static final int READ_AND_WRITE = 3; // PROT_READ | PROT_WRITE
    private static final int PRIVATE_AND_ANONYMOUS = 0x22; // MAP_PRIVATE | MAP_ANONYMOUS
    private static final int HUGE_PAGES = 14; // MADV_HUGEPAGE
    private static final long FAILED = -1; // MAP_FAILED

    private static final Optional<Functions> LINUX =
            System.getProperty("os.name").equals("Linux") ? Functions.link() : Optional.empty();

    private record Functions(MethodHandle map, MethodHandle advise, MethodHandle unmap) {

        static Optional<Functions> link() {
            FunctionDescriptor map =
                    FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
            FunctionDescriptor advise = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
            FunctionDescriptor unmap = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG);
            return function("mmap", map)
                    .flatMap(first -> function("madvise", advise)
                            .flatMap(second ->
                                    function("munmap", unmap).map(third -> new Functions(first, second, third))));
        }

        private static Optional<MethodHandle> function(String name, FunctionDescriptor type) {
            Linker linker = Linker.nativeLinker();
            return linker.defaultLookup().find(name).map(address -> linker.downcallHandle(address, type));
        }
    }

    private PageMemory() {}

    /** Zeroed memory that lives as long as the arena, aligned to at least {@code alignment}, a power of two up to 4096. */
    static MemorySegment allocate(Arena arena, long bytes, long alignment) {
        if (bytes < LARGE_PAGE || LINUX.isEmpty()) {
            return arena.allocate(bytes, alignment);
        }
        return map(LINUX.get(), arena, bytes).orElseGet(() -> arena.allocate(bytes, alignment));
    }

    private static Optional<MemorySegment> map(Functions functions, Arena arena, long bytes) {
        long mapped = bytes + LARGE_PAGE; // so that a large page can begin inside
        try {
            long address = (long) functions
                    .map()
                    .invokeExact(MemorySegment.NULL, mapped, READ_AND_WRITE, PRIVATE_AND_ANONYMOUS, -1, 0L);
            if (address == FAILED) {
                return Optional.empty();
            }
            long begin = Math.ceilDiv(address, LARGE_PAGE) * LARGE_PAGE;
            // a refusal leaves small pages, which are as right
            int ignored = (int) functions.advise().invokeExact(begin, bytes / LARGE_PAGE * LARGE_PAGE, HUGE_PAGES);
            return Optional.of(MemorySegment.ofAddress(begin)
                    .reinterpret(bytes, arena, segment -> unmap(functions, address, mapped)));
        } catch (Throwable e) {
            throw new IllegalStateException("mmap and madvise throw nothing of their own", e);
        }
    }

    private static void unmap(Functions functions, long address, long bytes) {
        try {
            int failed = (int) functions.unmap().invokeExact(address, bytes);
            if (failed != 0) {
                throw new IllegalStateException("munmap refused what mmap gave");
            }
        } catch (Throwable e) {
            throw new IllegalStateException("munmap", e);
        }
    }
}
