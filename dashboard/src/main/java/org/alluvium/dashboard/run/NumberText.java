package org.alluvium.dashboard.run;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Reads numbers as JSON writes them, each as the double that is nearest to it. Most have 16 or 17 digits: their product with the
 * power of ten is worked out to 64 bits (Lemire, 2021, "Number parsing at a gigabyte per second", section 5, but for its
 * second product). Where these bits do not decide how to round, and for numbers of unusual length or size, the library does it.
 * For one thread.
 */
final class NumberText {

    /** Digits that always fit into a long. */
    private static final int MOST_DIGITS = 18;
    /** Powers of ten up to this one are doubles, and so are whole numbers up to that; one division or product rounds once. */
    private static final int EXACT_POWER = 22;

    private static final long EXACT_DIGITS = 1L << 53;
    /** Powers of ten beyond this one are for the library; with those up to it no double is subnormal or infinite. */
    private static final int MOST_POWER = 40;

    private static final double[] TENS = tens();
    private static final long[] SIGNIFICANDS = significands();

    private int position;
    private long digits;
    private int significant;

    private static double[] tens() {
        double[] tens = new double[EXACT_POWER + 1];
        for (int power = 0; power < tens.length; power++) {
            tens[power] = BigInteger.TEN.pow(power).doubleValue();
        }
        return tens;
    }

    /** The highest 64 bits of each power of ten, which are those of the power of five. */
    private static long[] significands() {
        long[] significands = new long[2 * MOST_POWER + 1];
        for (int power = 0; power <= MOST_POWER; power++) {
            BigInteger five = BigInteger.valueOf(5).pow(power);
            int bits = five.bitLength();
            significands[MOST_POWER + power] =
                    five.shiftLeft(Long.SIZE).shiftRight(bits).longValue();
            significands[MOST_POWER - power] =
                    BigInteger.ONE.shiftLeft(bits + Long.SIZE - 1).divide(five).longValue();
        }
        significands[MOST_POWER] = Long.MIN_VALUE;
        return significands;
    }

    /** Where the number that was read ends; -1 if there was none. */
    int end() {
        return position;
    }

    /** The number that begins at a place. Something that is no part of a number has to follow it. */
    double read(byte[] bytes, int from) {
        boolean negative = bytes[from] == '-';
        int first = negative ? from + 1 : from;
        digits = 0;
        significant = 0;
        position = first;
        skipDigits(bytes);
        if (position == first || (bytes[first] == '0' && position > first + 1)) {
            return none();
        }
        boolean whole = true;
        int power = 0;
        if (bytes[position] == '.') {
            whole = false;
            int fraction = ++position;
            skipDigits(bytes);
            if (position == fraction) {
                return none();
            }
            power = fraction - position;
        }
        if (bytes[position] == 'e' || bytes[position] == 'E') {
            whole = false;
            int exponent = exponent(bytes);
            if (position < 0) {
                return none();
            }
            power += exponent;
        }
        boolean usual = significant <= MOST_DIGITS && Math.abs(power) <= MOST_POWER;
        double size = usual ? size(whole, power) : Double.NaN;
        if (Double.isNaN(size)) {
            return Double.parseDouble(new String(bytes, from, position - from, StandardCharsets.ISO_8859_1));
        }
        return negative ? -size : size;
    }

    private double size(boolean whole, int power) {
        if (whole) {
            return (double) digits;
        }
        return digits <= EXACT_DIGITS && Math.abs(power) <= EXACT_POWER ? exactly(power) : nearest(power);
    }

    private double none() {
        position = -1;
        return Double.NaN;
    }

    private void skipDigits(byte[] bytes) {
        for (int digit = bytes[position] - '0'; digit >= 0 && digit <= 9; digit = bytes[position] - '0') {
            digits = 10 * digits + digit;
            if (significant > 0 || digit > 0) {
                significant++;
            }
            position++;
        }
    }

    /** What follows an e; beyond what any number has if it is too large. No number if there is none. */
    private int exponent(byte[] bytes) {
        position++;
        boolean negative = bytes[position] == '-';
        if (negative || bytes[position] == '+') {
            position++;
        }
        int first = position;
        int exponent = 0;
        for (int digit = bytes[position] - '0'; digit >= 0 && digit <= 9; digit = bytes[position] - '0') {
            exponent = Math.min(10 * exponent + digit, 100 * MOST_POWER);
            position++;
        }
        if (position == first) {
            position = -1;
        }
        return negative ? -exponent : exponent;
    }

    private double exactly(int power) {
        return power < 0 ? (double) digits / TENS[-power] : (double) digits * TENS[power];
    }

    /** The digits times a power of ten; NaN if 64 bits do not decide what is nearest. */
    private double nearest(int power) {
        if (digits == 0) {
            return 0;
        }
        int shift = Long.numberOfLeadingZeros(digits);
        long product = Math.unsignedMultiplyHigh(digits << shift, SIGNIFICANDS[MOST_POWER + power]);
        if (((product + 1) & 0x1FE) == 0) {
            return Double
                    .NaN; // what is below these bits may carry into those that count, or be all that is beyond a half
        }
        int upper = (int) (product >>> 63);
        long rounded = ((product >>> (upper + 9)) + 1) >>> 1; // 53 bits, or 2^53
        int exponent = ((217_706 * power) >> 16) + Long.SIZE - 1 + upper - shift;
        return (double) rounded * Double.longBitsToDouble((long) (exponent - 52 + 1023) << 52);
    }
}
