package org.alluvium.tokenizer.engine;

import java.util.Collection;

/**
 * Where a text can be cut without changing its pieces: between two characters that no piece holds side by side. What a
 * segmentation does on one side of such a place is not seen on the other, so the chunks between cuts can be segmented
 * alone. Immutable and thread-safe.
 *
 * <p>The pairs are kept as bits: exact where both characters are ASCII, by a hash elsewhere. A collision loses a cut and
 * nothing else.
 */
final class Cuts {

    private static final int ASCII = 128;
    private static final int SPACE_SYMBOL = 0x2581;
    private static final int EXACT = ASCII + 1;
    private static final int WORDS = 256 / Long.SIZE;
    private static final int BITS_PER_PAIR = 16;
    private static final int MIN_LOG_BITS = 12;
    private static final int MAX_LOG_BITS = 23;

    /**
     * Four words for every left character of ASCII and for U+2581, which most chunks begin with: a bit for every right one that
     * is ASCII, and one for U+2581.
     */
    private final long[] exact;

    private final long[] hashed;
    private final int shift;

    private Cuts(long[] exact, long[] hashed) {
        this.exact = exact;
        this.hashed = hashed;
        this.shift = Integer.numberOfLeadingZeros(hashed.length * Long.SIZE) + 1;
    }

    /**
     * The cuts of a vocabulary.
     *
     * @param pieces every piece that a segmentation can give, in UTF-8
     */
    static Cuts of(Collection<byte[]> pieces) {
        long pairs = 0;
        for (byte[] piece : pieces) {
            pairs += Math.max(0, Characters.count(piece, 0, piece.length) - 1);
        }
        int logBits = 64 - Long.numberOfLeadingZeros(pairs * BITS_PER_PAIR);
        int bounded = Math.max(MIN_LOG_BITS, Math.min(MAX_LOG_BITS, logBits));
        Cuts cuts = new Cuts(new long[EXACT * WORDS], new long[1 << (bounded - 6)]);
        for (byte[] piece : pieces) {
            cuts.add(piece);
        }
        return cuts;
    }

    private void add(byte[] piece) {
        int left = -1;
        for (int at = 0; at < piece.length; ) {
            int right = Characters.at(piece, at, piece.length);
            at += Characters.length(right);
            if (left >= 0) {
                join(left, right);
            }
            left = right;
        }
    }

    private void join(int left, int right) {
        int exactLeft = exact(left);
        int exactRight = exact(right);
        if ((exactLeft | exactRight) >= 0) {
            exact[exactLeft * WORDS + (exactRight >> 6)] |= 1L << exactRight;
        } else {
            int bit = hash(left, right) >>> shift;
            hashed[bit >> 6] |= 1L << bit;
        }
    }

    /** The place of a character in the exact table, or -1. */
    private static int exact(int character) {
        return character < ASCII ? character : character == SPACE_SYMBOL ? ASCII : -1;
    }

    /** Whether a piece may hold the two characters side by side; where it says no, none does. */
    boolean joined(int left, int right) {
        int exactLeft = exact(left);
        int exactRight = exact(right);
        if ((exactLeft | exactRight) >= 0) {
            return (exact[exactLeft * WORDS + (exactRight >> 6)] >>> exactRight & 1) != 0;
        }
        int bit = hash(left, right) >>> shift;
        return (hashed[bit >> 6] >>> bit & 1) != 0;
    }

    /**
     * The end of the chunk that begins at {@code from}: the first cut behind it, or {@code to}.
     *
     * @param text well-formed UTF-8, with a character beginning at {@code from}
     */
    int end(byte[] text, int from, int to) {
        int left = Characters.at(text, from, to);
        int at = from + Characters.length(left);
        while (true) {
            int row = exact(left);
            if (row >= 0) {
                // Bits of bytes that are no ASCII are clear, but for the one of U+2581, which no byte of UTF-8 text is
                // here.
                int right;
                while (at < to && (exact[row * WORDS + ((right = text[at] & 0xff) >> 6)] >>> right & 1) != 0) {
                    row = right;
                    at++;
                }
                left = row < ASCII ? row : SPACE_SYMBOL;
            }
            if (at == to) {
                return to;
            }
            int right = Characters.at(text, at, to);
            if (!joined(left, right)) {
                return at;
            }
            left = right;
            at += Characters.length(right);
        }
    }

    private static int hash(int left, int right) {
        int mixed = left * 0x9E3779B1 + right;
        return (mixed ^ mixed >>> 15) * 0x85EBCA6B;
    }
}
