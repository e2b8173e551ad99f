package org.alluvium.trainer.data;

/**
 * The order of documents within a shuffle window: a Fisher–Yates shuffle driven by SplitMix64 (Steele, Lea and Flood,
 * OOPSLA 2014), seeded from the run's seed and the window's index. Frozen: a resumed run must find the same order, so a
 * change of any constant here needs a new class.
 *
 * <p>The state begins as {@code mix(seed) + window * GOLDEN}, mixed once more, so that neighbouring seeds and windows
 * share nothing. An index in [0, n) is the high word of {@code next * n} taken as 128 bits (Lemire, arXiv 1805.10941)
 * without its rejection step: the bias is below n / 2^64, and every document costs exactly one number.
 */
final class WindowPermutation_v1 {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private WindowPermutation_v1() {}

    /** A permutation of {@code 0..size-1}: element i says which document of the window is trained on as the i-th. */
    static int[] of(long seed, long window, int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        long state = mix(mix(seed) + window * GOLDEN);
        for (int i = size - 1; i > 0; i--) {
            state += GOLDEN;
            int j = (int) Math.unsignedMultiplyHigh(mix(state), i + 1L);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
