package org.alluvium.tokenizer.train;

import java.util.Arrays;

/**
 * The symbols of a training of byte pairs: characters, and pairs of symbols. A pair that was chosen is what its places in the text
 * become; it is no longer found, so that it is not chosen again. Symbols are numbered in the order in which they come about. Not
 * thread-safe.
 */
final class Symbols {

    /** No symbol: a pair that may not be a piece. */
    static final int NONE = -1;

    private static final int FREE = 0;
    private static final int FORBIDDEN = Integer.MIN_VALUE;
    private static final int REMOVED = Integer.MAX_VALUE;
    private static final int[][] SHIFTS = {{43, 9, 8}, {38, 23, 5}, {35, 49, 11}, {12, 18, 22}};

    private final PieceShape shape;
    private final int[] scratch = new int[1 << 10];

    /** In the order of SentencePiece's map of symbols, which has the characters too. */
    private final MapOrder order = new MapOrder();

    private int size;
    int[] left = new int[1 << 10];
    int[] right = new int[1 << 10];
    int[] length = new int[1 << 10];

    /** How often a pair occurs as far as known; -1 for what cannot be chosen: characters, and pairs no longer found. */
    long[] count = new long[1 << 10];

    /** SentencePiece's fingerprint, which decides the order of its map. */
    private long[] fingerprint = new long[1 << 10];

    private int[][] text = new int[1 << 10][];
    private long[] slotKeys = new long[1 << 12];
    private int[] slotSymbols = new int[1 << 12];
    private int slotsUsed;

    Symbols(PieceShape shape) {
        this.shape = shape;
    }

    /** A new symbol for a character. */
    int addCharacter(int point) {
        int symbol = add(NONE, NONE, 1, point);
        text[symbol] = new int[] {point};
        count[symbol] = -1;
        order.add(symbol, point);
        return symbol;
    }

    /** Number of symbols there ever were. */
    int size() {
        return size;
    }

    MapOrder order() {
        return order;
    }

    /** The pair of two symbols of the text, made where it is new; {@link #NONE} where it may not be a piece. */
    int pair(int a, int b) {
        long key = ((long) a << 32) | b;
        int slot = slotOf(key);
        if (slotSymbols[slot] != FREE) {
            int found = slotSymbols[slot];
            if (found != REMOVED) {
                return found == FORBIDDEN ? NONE : found - 1;
            }
        } else {
            slotKeys[slot] = key;
            slotsUsed++;
        }
        int total = length[a] + length[b];
        int symbol = NONE;
        if (total <= scratch.length) {
            concatenate(a, b, scratch);
            if (shape.allows(scratch, 0, total)) {
                symbol = add(a, b, total, fingerprintOf(fingerprint[a], fingerprint[b]));
                order.add(symbol, fingerprint[symbol]);
            }
        }
        slotSymbols[slot] = symbol == NONE ? FORBIDDEN : symbol + 1;
        if (2 * slotsUsed > slotKeys.length) {
            rehash();
        }
        return symbol;
    }

    /** Makes a pair one that is no longer found; the next one of the same two symbols is another. */
    void remove(int pair) {
        order.remove(pair);
        count[pair] = -1;
        slotSymbols[slotOf(((long) left[pair] << 32) | right[pair])] = REMOVED;
    }

    /** Keeps the text of a pair that is going to be in the text. */
    void keepText(int pair) {
        int[] points = new int[length[pair]];
        concatenate(left[pair], right[pair], points);
        text[pair] = points;
    }

    String textOf(int symbol) {
        if (text[symbol] != null) {
            return new String(text[symbol], 0, text[symbol].length);
        }
        concatenate(left[symbol], right[symbol], scratch);
        return new String(scratch, 0, length[symbol]);
    }

    /** Compares the texts of two pairs of equal length by their code points. */
    int compareText(int a, int b) {
        for (int i = 0; i < length[a]; i++) {
            int difference = pointAt(a, i) - pointAt(b, i);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private int pointAt(int pair, int i) {
        int[] first = text[left[pair]];
        return i < first.length ? first[i] : text[right[pair]][i - first.length];
    }

    private void concatenate(int a, int b, int[] out) {
        System.arraycopy(text[a], 0, out, 0, length[a]);
        System.arraycopy(text[b], 0, out, length[a], length[b]);
    }

    private int add(int a, int b, int points, long print) {
        if (size == left.length) {
            int capacity = size + (size >> 1);
            left = Arrays.copyOf(left, capacity);
            right = Arrays.copyOf(right, capacity);
            length = Arrays.copyOf(length, capacity);
            count = Arrays.copyOf(count, capacity);
            fingerprint = Arrays.copyOf(fingerprint, capacity);
            text = Arrays.copyOf(text, capacity);
        }
        left[size] = a;
        right[size] = b;
        length[size] = points;
        fingerprint[size] = print;
        return size++;
    }

    private int slotOf(long key) {
        int mask = slotKeys.length - 1;
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (slotSymbols[slot] != FREE && slotKeys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void rehash() {
        long[] keys = slotKeys;
        int[] symbols = slotSymbols;
        slotKeys = new long[2 * keys.length];
        slotSymbols = new int[2 * keys.length];
        for (int i = 0; i < keys.length; i++) {
            if (symbols[i] != FREE) {
                int slot = slotOf(keys[i]);
                slotKeys[slot] = keys[i];
                slotSymbols[slot] = symbols[i];
            }
        }
    }

    /** The fingerprint of two in a row: a round of Jenkins' mixing of 64-bit words, as SentencePiece uses it. */
    private static long fingerprintOf(long x, long y) {
        long a = x;
        long b = 0xE08C1D668B756F82L;
        long c = y;
        for (int[] shift : SHIFTS) {
            a = (a - b - c) ^ (c >>> shift[0]);
            b = (b - c - a) ^ (a << shift[1]);
            c = (c - a - b) ^ (b >>> shift[2]);
        }
        return c;
    }
}
