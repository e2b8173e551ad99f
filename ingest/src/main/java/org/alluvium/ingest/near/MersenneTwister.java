package org.alluvium.ingest.near;

/**
 * The generator MT19937 (Matsumoto, Nishimura: Mersenne Twister, ACM TOMACS 8, 1998), seeded and drawn from as NumPy's
 * {@code RandomState} does it, whose output is frozen: so published signatures can be computed again. Not thread-safe.
 */
final class MersenneTwister {

    private static final int WORDS = 624;
    private static final int SHIFT = 397;
    private static final int TWIST = 0x9908b0df;

    private final int[] state = new int[WORDS];
    private int next = WORDS;

    MersenneTwister(int seed) {
        state[0] = seed;
        for (int i = 1; i < WORDS; i++) {
            state[i] = 1_812_433_253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /**
     * The next of numbers that are spread evenly over [0, max], of which those above are drawn and thrown away: {@code
     * randint(0, max + 1, dtype=uint64)}.
     *
     * @param max at least 2^32, below 2^63; smaller ranges are drawn in another way
     */
    long nextUpTo(long max) {
        long mask = (Long.highestOneBit(max) << 1) - 1;
        long drawn = nextLong() & mask;
        while (drawn > max) {
            drawn = nextLong() & mask;
        }
        return drawn;
    }

    private long nextLong() {
        long high = nextInt();
        return (high << 32) | Integer.toUnsignedLong(nextInt());
    }

    private int nextInt() {
        if (next == WORDS) {
            generate();
            next = 0;
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private void generate() {
        for (int i = 0; i < WORDS; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % WORDS] & 0x7fffffff);
            state[i] = state[(i + SHIFT) % WORDS] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : TWIST);
        }
    }
}
