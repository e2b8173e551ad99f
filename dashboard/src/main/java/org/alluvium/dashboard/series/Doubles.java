package org.alluvium.dashboard.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Numbers that grow, and are cut off, at their end. Those of a long run lie in many arrays of one length, so that growing
 * copies nothing and leaves no room unused. An array that is full takes half of the room if its numbers are whole, or
 * thousandths, and not large; they come back bit for bit. Not thread-safe.
 */
public final class Doubles {

    private static final int FIRST_CAPACITY = 16;
    private static final int BITS = 14;
    private static final int LENGTH = 1 << BITS;
    private static final int WITHIN = LENGTH - 1;

    // Of each stretch one of the two, and null in the other.
    private final List<double[]> arrays = new ArrayList<>();
    private final List<Units> packed = new ArrayList<>();

    private double[] spare = {}; // of the stretch that was packed last, for the next
    private int size;

    /**
     * Numbers as multiples of a fraction. Where both are whole, dividing them gives the double that is nearest to the
     * quotient, which is what reading it from text gave.
     */
    private static final class Units {

        private static final double[] SCALES = {1, 1000};

        private final int[] multiples;
        private final double scale; // multiples of one over it

        private Units(int[] multiples, double scale) {
            this.multiples = multiples;
            this.scale = scale;
        }

        static Optional<Units> of(double[] numbers) {
            for (double scale : SCALES) {
                int[] multiples = new int[numbers.length];
                int fitting = 0;
                while (fitting < numbers.length) {
                    multiples[fitting] = (int) Math.rint(numbers[fitting] * scale);
                    double back = multiples[fitting] / scale;
                    if (Double.doubleToLongBits(back) != Double.doubleToLongBits(numbers[fitting])) {
                        break;
                    }
                    fitting++;
                }
                if (fitting == numbers.length) {
                    return Optional.of(new Units(multiples, scale));
                }
            }
            return Optional.empty();
        }

        double get(int index) {
            return multiples[index] / scale;
        }
    }

    public void add(double value) {
        room()[size & WITHIN] = value;
        size++;
        packIfFull();
    }

    /** Adds those from one index of an array up to another, which is not included. */
    public void addAll(double[] values, int from, int to) {
        int next = from;
        while (next < to) {
            double[] room = room();
            int count = Math.min(room.length - (size & WITHIN), to - next);
            System.arraycopy(values, next, room, size & WITHIN, count);
            size += count;
            next += count;
            packIfFull();
        }
    }

    /** The array that the next number goes into, which has room for it. */
    private double[] room() {
        int array = size >> BITS;
        if (array == arrays.size()) {
            arrays.add(array == 0 ? new double[FIRST_CAPACITY] : spareOrNew());
            packed.add(null);
        } else if (arrays.get(array) == null) {
            unpack(array);
        } else if ((size & WITHIN) == arrays.get(array).length) {
            arrays.set(array, Arrays.copyOf(arrays.get(array), 2 * (size & WITHIN)));
        }
        return arrays.get(array);
    }

    private double[] spareOrNew() {
        double[] next = spare.length == LENGTH ? spare : new double[LENGTH];
        spare = new double[0];
        return next;
    }

    private void packIfFull() {
        int array = (size >> BITS) - 1;
        if ((size & WITHIN) == 0 && arrays.get(array) != null) {
            Units.of(arrays.get(array)).ifPresent(units -> {
                spare = arrays.get(array);
                arrays.set(array, null);
                packed.set(array, units);
            });
        }
    }

    /** After a cut, the end may lie in a stretch that was full. */
    private void unpack(int array) {
        Units units = packed.set(array, null);
        double[] numbers = spareOrNew();
        for (int i = 0; i < LENGTH; i++) {
            numbers[i] = units.get(i);
        }
        arrays.set(array, numbers);
    }

    /** Whether all from one index on are finite. */
    boolean allFinite(int from) {
        for (int i = from; i < size; i++) {
            if (!Double.isFinite(get(i))) {
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
        double[] numbers = arrays.get(index >> BITS);
        return numbers != null
                ? numbers[index & WITHIN]
                : packed.get(index >> BITS).get(index & WITHIN);
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
