package org.alluvium.tokenizer.engine;

import java.util.Arrays;

/**
 * A map from two ints to a long that is never negative, by open addressing. It is filled while a vocabulary is read and
 * only asked afterwards; then it is safe to share.
 */
final class PairTable {

    /** What {@link #get} answers for a pair that is not there. */
    static final long NONE = -1;

    /** Keys at even places, values behind them; a value of {@link #NONE} is an empty place. */
    private long[] cells;

    private int size;
    private int shift;

    PairTable(int expected) {
        allocate(Math.max(16, Integer.highestOneBit(Math.max(1, expected)) * 4));
    }

    private void allocate(int capacity) {
        cells = new long[2 * capacity];
        Arrays.fill(cells, NONE);
        shift = Long.numberOfLeadingZeros(capacity) + 1;
    }

    /** The value of a pair, or {@link #NONE}. */
    long get(int left, int right) {
        long key = key(left, right);
        int mask = cells.length - 1;
        int at = place(key);
        while (true) {
            long value = cells[at + 1];
            if (value == NONE || cells[at] == key) {
                return value;
            }
            at = (at + 2) & mask;
        }
    }

    /** Gives a pair a value, in place of the one it may have had. */
    void put(int left, int right, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("values are never negative: " + value);
        }
        if (4 * size > cells.length) {
            grow();
        }
        insert(key(left, right), value);
    }

    private void insert(long key, long value) {
        int mask = cells.length - 1;
        int at = place(key);
        while (cells[at + 1] != NONE && cells[at] != key) {
            at = (at + 2) & mask;
        }
        if (cells[at + 1] == NONE) {
            size++;
        }
        cells[at] = key;
        cells[at + 1] = value;
    }

    private void grow() {
        long[] old = cells;
        size = 0;
        allocate(old.length);
        for (int at = 0; at < old.length; at += 2) {
            if (old[at + 1] != NONE) {
                insert(old[at], old[at + 1]);
            }
        }
    }

    private int place(long key) {
        long hash = key * 0x9E3779B97F4A7C15L;
        return (int) (((hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L) >>> shift) << 1;
    }

    private static long key(int left, int right) {
        return ((long) left << 32) | (right & 0xFFFFFFFFL);
    }
}
