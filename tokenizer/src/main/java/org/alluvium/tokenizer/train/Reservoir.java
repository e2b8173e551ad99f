package org.alluvium.tokenizer.train;

import java.util.Arrays;

/**
 * Draws a fixed number of items of a sequence, each with the same probability (Vitter 1985, algorithm R), as SentencePiece's
 * trainer does: with the 32-bit Mersenne Twister (Matsumoto and Nishimura 1998) and numbers below a bound by Lemire's method
 * (2019), as the C++ library of GCC 11 and newer makes them. So the sample is {@code spm_train}'s own. Not thread-safe.
 */
final class Reservoir {

    private static final int STATE = 624;
    private static final int SHIFT = 397;
    private static final long WORD = 0xFFFF_FFFFL;

    private final int[] state = new int[STATE];
    private int next = STATE;
    private final int capacity;
    private long[] chosen = new long[1 << 10];
    private long total;

    Reservoir(int capacity, long seed) {
        this.capacity = capacity;
        state[0] = (int) seed;
        for (int i = 1; i < STATE; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /** Sees one more item, whose number is how many it has seen before. */
    void add() {
        if (total < capacity) {
            if (total == chosen.length) {
                chosen = Arrays.copyOf(chosen, (int) Math.min(capacity, 2L * chosen.length));
            }
            chosen[(int) total] = total;
        } else {
            long slot = below(total + 1);
            if (slot < capacity) {
                chosen[(int) slot] = total;
            }
        }
        total++;
    }

    /** Items seen. */
    long total() {
        return total;
    }

    /** Numbers of the items drawn, in the order of the slots they lie in. */
    long[] chosen() {
        return Arrays.copyOf(chosen, (int) Math.min(total, capacity));
    }

    private long below(long bound) {
        if (bound > WORD) {
            throw new IllegalStateException("a sample of more than " + WORD + " sentences");
        }
        long product = word() * bound;
        if ((product & WORD) < bound) {
            long threshold = (WORD + 1 - bound) % bound;
            while ((product & WORD) < threshold) {
                product = word() * bound;
            }
        }
        return product >>> 32;
    }

    private long word() {
        if (next == STATE) {
            twist();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return (y ^ (y >>> 18)) & WORD;
    }

    private void twist() {
        for (int i = 0; i < STATE; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % STATE] & 0x7FFFFFFF);
            state[i] = state[(i + SHIFT) % STATE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908B0DF);
        }
        next = 0;
    }
}
