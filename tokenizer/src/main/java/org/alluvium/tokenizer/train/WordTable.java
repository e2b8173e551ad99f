package org.alluvium.tokenizer.train;

import java.util.Arrays;

/** Counts words: a hash table over one array of code points, so that a word costs little more than its letters. Not thread-safe. */
final class WordTable {

    private int[] points = new int[1 << 12];
    private int[] starts = new int[1 << 8];
    private long[] counts = new long[1 << 8];
    private byte[] places = new byte[1 << 8];
    private int[] slots = new int[1 << 10];
    private int size;

    /**
     * Counts a word {@code count} times more and gives its number; numbers are given in the order of first occurrence.
     *
     * @param place where it is, of {@link Words}
     */
    int add(int[] source, int from, int to, long count, int place) {
        int slot = slotOf(source, from, to);
        if (slots[slot] != 0) {
            int word = slots[slot] - 1;
            counts[word] += count;
            places[word] |= (byte) place;
            return word;
        }
        append(source, from, to, count);
        places[size - 1] = (byte) place;
        slots[slot] = size;
        if (2 * size > slots.length) {
            rehash();
        }
        return size - 1;
    }

    Words words() {
        return new Words(
                points, Arrays.copyOf(starts, size + 1), Arrays.copyOf(counts, size), Arrays.copyOf(places, size));
    }

    private int slotOf(int[] source, int from, int to) {
        int mask = slots.length - 1;
        int slot = hash(source, from, to) & mask;
        while (slots[slot] != 0) {
            int word = slots[slot] - 1;
            if (Arrays.equals(points, starts[word], starts[word + 1], source, from, to)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void append(int[] source, int from, int to, long count) {
        int start = starts[size];
        int length = to - from;
        if (length > points.length - start) {
            points = Arrays.copyOf(points, TooMuchText.grown(points.length, (long) start + length));
        }
        if (size + 2 > starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
            counts = Arrays.copyOf(counts, 2 * counts.length);
            places = Arrays.copyOf(places, 2 * places.length);
        }
        System.arraycopy(source, from, points, start, length);
        counts[size] = count;
        size++;
        starts[size] = start + length;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int word = 0; word < size; word++) {
            int slot = hash(points, starts[word], starts[word + 1]) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = word + 1;
        }
    }

    private static int hash(int[] source, int from, int to) {
        long hash = (long) to - from;
        for (int i = from; i < to; i++) {
            hash = (hash ^ source[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash >>> 32);
    }
}
