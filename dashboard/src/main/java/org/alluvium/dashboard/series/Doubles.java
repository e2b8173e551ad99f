package org.alluvium.dashboard.series;

import java.util.Arrays;

/** Numbers that grow, and are cut off, at their end. Not thread-safe. */
public final class Doubles {

    private static final int FIRST_CAPACITY = 256;

    private double[] values = new double[FIRST_CAPACITY];
    private int size;

    public void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
        }
        values[size++] = value;
    }

    /**
     * One of them.
     *
     * @throws IndexOutOfBoundsException unless 0 <= index < size
     */
    public double get(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return values[index];
    }

    public int size() {
        return size;
    }

    /** Leaves the first so many. */
    public void truncate(int length) {
        size = Math.min(size, length);
    }

    /** The index of the first that is not below a bound, or the size. Only for numbers in ascending order. */
    public int firstFrom(double bound) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[middle] < bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
