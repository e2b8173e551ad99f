package org.alluvium.dashboard.index;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** What was added to an index and is not in a file yet, in the order in which it was added. Used by one thread at a time. */
final class Batch {

    private static final int DIGIT = 8;
    private static final int DIGITS = 1 << DIGIT;

    private long[] hashes = new long[1 << 10];
    private long[] values = new long[1 << 10];
    private int size;
    private long[] notes = new long[1 << 6];
    private int noted;

    void add(long hash, long value) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        hashes[size] = hash;
        values[size++] = value;
    }

    void note(long... words) {
        if (noted + words.length > notes.length) {
            notes = Arrays.copyOf(notes, 2 * notes.length + words.length);
        }
        System.arraycopy(words, 0, notes, noted, words.length);
        noted += words.length;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0 && noted == 0;
    }

    long[] notes() {
        return Arrays.copyOf(notes, noted);
    }

    /** Gives the values of a hash. It looks at all: there are few, and they are not sorted yet. */
    void find(long hash, LongConsumer found) {
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash) {
                found.accept(values[i]);
            }
        }
    }

    void clear() {
        size = 0;
        noted = 0;
    }

    /** Brings all into the order of their hashes, unsigned; equal ones stay in the order in which they came. */
    Sorted sorted() {
        long[] keys = Arrays.copyOf(hashes, size);
        long[] places = Arrays.copyOf(values, size);
        long[] keysTo = new long[size];
        long[] placesTo = new long[size];
        for (int shift = 0; shift < Long.SIZE; shift += DIGIT) {
            int[] next = new int[DIGITS + 1];
            for (long key : keys) {
                next[digit(key, shift) + 1]++;
            }
            Arrays.parallelPrefix(next, Integer::sum);
            for (int i = 0; i < size; i++) {
                int to = next[digit(keys[i], shift)]++;
                keysTo[to] = keys[i];
                placesTo[to] = places[i];
            }
            long[] keysBefore = keys;
            keys = keysTo;
            keysTo = keysBefore;
            long[] placesBefore = places;
            places = placesTo;
            placesTo = placesBefore;
        }
        return new Sorted(keys, places);
    }

    private static int digit(long key, int shift) {
        return (int) (key >>> shift) & DIGITS - 1;
    }

    /** Hashes in ascending order, unsigned, and their values. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sorted(long[] hashes, long[] values) implements Run {

        @Override
        public long records() {
            return hashes.length;
        }

        @Override
        public long hash(long record) {
            return hashes[(int) record];
        }

        @Override
        public long value(long record) {
            return values[(int) record];
        }
    }
}
