package org.alluvium.tokenizer;

import java.util.Arrays;

/** A growing list of ids, or of other numbers, that allocates nothing once it is as long as it gets. Not thread-safe. */
public final class Ids {

    private int[] values = new int[64];
    private int size;

    public int size() {
        return size;
    }

    /**
     * The number at a place.
     *
     * @throws IndexOutOfBoundsException if there is no such place
     */
    public int get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index + " of " + size);
        }
        return values[index];
    }

    /** Replaces the number at a place that is there. */
    public void set(int index, int value) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index + " of " + size);
        }
        values[index] = value;
    }

    public void add(int value) {
        if (size == values.length) {
            grow();
        }
        values[size++] = value;
    }

    /** Empties the list and keeps its memory. */
    public void clear() {
        size = 0;
    }

    /** Keeps the first numbers. */
    public void truncate(int newSize) {
        if (newSize < 0 || newSize > size) {
            throw new IndexOutOfBoundsException(newSize + " of " + size);
        }
        size = newSize;
    }

    /** A copy of the numbers. */
    public int[] toArray() {
        return Arrays.copyOf(values, size);
    }

    /** A copy of the numbers from a place to before another. */
    public int[] toArray(int from, int to) {
        if (from < 0 || to > size || from > to) {
            throw new IndexOutOfBoundsException(from + " to " + to + " of " + size);
        }
        return Arrays.copyOfRange(values, from, to);
    }

    private void grow() {
        values = Arrays.copyOf(values, Math.addExact(size, (size >> 1) + 16));
    }
}
