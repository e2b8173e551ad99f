package org.alluvium.ingest.near;

import java.util.Arrays;

/**
 * MinHash (Broder: On the resemblance and containment of documents, 1997): the share of equal values in two signatures
 * estimates the Jaccard similarity of the two sets. Immutable and thread-safe.
 *
 * <p>Value i of a set's signature is the least of {@code ((h * a[i] + b[i]) mod 2^64) mod (2^61 - 1)} over its members' 64-bit
 * hashes h. The first remainder is the overflow of the machine, so this is not quite the universal family of Carter and Wegman;
 * it is that of the data sets FineWeb and FineWeb-2, whose signatures these are for the same hashes, number and seed.
 */
public final class MinHash {

    /** The Mersenne prime 2^61 - 1. */
    private static final long PRIME = (1L << 61) - 1;

    private static final int PRIME_BITS = 61;

    private final long[] factors;
    private final long[] summands;

    /**
     * Draws the functions.
     *
     * @param size number of values in a signature, at least 1
     * @param seed of the functions, unsigned; signatures of different seeds cannot be compared
     */
    public MinHash(int size, int seed) {
        MersenneTwister random = new MersenneTwister(seed);
        this.factors = new long[size];
        this.summands = new long[size];
        Arrays.setAll(factors, i -> 1 + random.nextUpTo(PRIME - 2));
        Arrays.setAll(summands, i -> random.nextUpTo(PRIME - 1));
    }

    /**
     * The signature of a set.
     *
     * @param hashes of its members; repetitions change nothing
     * @return values in [0, 2^61 - 1]; all are the largest if the set is empty
     */
    public long[] signature(long[] hashes) {
        long[] least = new long[factors.length];
        Arrays.fill(least, PRIME);
        int i = 0;
        for (; i + 4 <= hashes.length; i += 4) {
            lower(least, hashes[i], hashes[i + 1], hashes[i + 2], hashes[i + 3]);
        }
        for (; i < hashes.length; i++) {
            lower(least, hashes[i], hashes[i], hashes[i], hashes[i]);
        }
        return least;
    }

    /**
     * Takes four members at once. The body has no branches and no calls that remain, so that the compiler makes vector
     * instructions of it; four members share its fixed cost.
     */
    private void lower(long[] least, long h0, long h1, long h2, long h3) {
        long[] a = factors;
        long[] b = summands;
        for (int i = 0; i < least.length; i++) {
            long v0 = remainder(h0 * a[i] + b[i]);
            long v1 = remainder(h1 * a[i] + b[i]);
            long v2 = remainder(h2 * a[i] + b[i]);
            long v3 = remainder(h3 * a[i] + b[i]);
            least[i] = smaller(least[i], smaller(smaller(v0, v1), smaller(v2, v3)));
        }
    }

    /** An unsigned number modulo the prime: 2^61 is 1 there, so the bits above are added to those below. */
    private static long remainder(long unsigned) {
        long beyond = (unsigned & PRIME) + (unsigned >>> PRIME_BITS) - PRIME;
        return beyond + (PRIME & (beyond >> 63));
    }

    /** The smaller of two numbers in [0, 2^62]. */
    private static long smaller(long x, long y) {
        return y + ((x - y) & ((x - y) >> 63));
    }
}
