package org.alluvium.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/** How fast memory is read: the most that an operation which reads everything once can reach. */
final class ReadRate {

    private static final long BYTES = 256L << 20; // of each of two operands of a thread: far more than any cache
    private static final int ROUNDS = 4;

    private ReadRate() {}

    /** Bytes a second that so many threads read together, each comparing two equal blocks; the best of a few rounds. */
    static double measure(int threads) {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment blocks = arena.allocate(2 * BYTES * threads, Integer.SIZE);
            double best = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long began = System.nanoTime();
                boolean equal = IntStream.range(0, threads).parallel().allMatch(thread -> isEqual(blocks, thread));
                double seconds = (System.nanoTime() - began) / 1e9;
                if (!equal) {
                    throw new IllegalStateException("memory that was cleared is not");
                }
                best = Math.max(best, blocks.byteSize() / seconds);
            }
            return best;
        }
    }

    private static boolean isEqual(MemorySegment blocks, int thread) {
        long from = 2 * BYTES * thread;
        return blocks.asSlice(from, BYTES).mismatch(blocks.asSlice(from + BYTES, BYTES)) < 0;
    }
}
