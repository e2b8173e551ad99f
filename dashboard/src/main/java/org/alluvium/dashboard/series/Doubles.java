package org.alluvium.dashboard.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers that grow, and are cut off, at their end. Those of a long run lie in many arrays of one length, so that growing
 * copies nothing and leaves no room unused. Not thread-safe.
 */
public final class Doubles {

    private static final int FIRST_CAPACITY = 16;
    private static final int BITS = 14;
    private static final int LENGTH = 1 << BITS;
    private static final int WITHIN = LENGTH - 1;

    private final List<double[]> arrays = new ArrayList<>();
    private int size;

    public void add(double value) {
        int array = size >> BITS;
        int place = size & WITHIN;
        if (array == arrays.size()) {
            arrays.add(new double[array == 0 ? FIRST_CAPACITY : LENGTH]);
        } else if (place == arrays.get(array).length) {
            arrays.set(array, Arrays.copyOf(arrays.get(array), 2 * place));
        }
        arrays.get(array)[place] = value;
        size++;
    }

    /** Adds those from one index of an array up to another, which is not included. */
    public void addAll(double[] values, int from, int to) {
        int next = from;
        while (next < to) {
            int room = (size & WITHIN) == 0 ? 0 : arrays.get(size >> BITS).length - (size & WITHIN);
            int count = Math.min(room, to - next);
            if (count > 0) {
                System.arraycopy(values, next, arrays.get(size >> BITS), size & WITHIN, count);
                size += count;
                next += count;
            } else {
                add(values[next++]); // makes room
            }
        }
    }

    /** Whether all from one index on are finite. */
    boolean allFinite(int from) {
        for (int i = from; i < size; i++) {
            if (!Double.isFinite(arrays.get(i >> BITS)[i & WITHIN])) {
                return false;
            }
        }
        return true;
    }

    /** The smallest from one index up to another, which is not included; NaN if none of them is a number. */
    double smallest(int from, int to) {
        double smallest = Double.NaN;
        for (int i = from; i < to; i++) {
            smallest = Range.smaller(smallest, get(i));
        }
        return smallest;
    }

    /** The largest from one index up to another, which is not included; NaN if none of them is a number. */
    double largest(int from, int to) {
        double largest = Double.NaN;
        for (int i = from; i < to; i++) {
            largest = Range.larger(largest, get(i));
        }
        return largest;
    }

    /**
     * One of them.
     *
     * @throws IndexOutOfBoundsException unless 0 <= index < size
     */
    public double get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return arrays.get(index >> BITS)[index & WITHIN];
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
            if (get(middle) < bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
