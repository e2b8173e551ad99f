package org.alluvium.dashboard.series;

/**
 * The smallest and the largest of some numbers; both NaN where none of them is a number.
 */
public record Range(double min, double max) {

    /** Of no numbers. */
    public static final Range NONE = new Range(Double.NaN, Double.NaN);

    /** Of both together. */
    public Range and(double otherMin, double otherMax) {
        return new Range(smaller(min, otherMin), larger(max, otherMax));
    }

    static double smaller(double one, double other) {
        return Double.isNaN(one) || other < one ? other : one;
    }

    static double larger(double one, double other) {
        return Double.isNaN(one) || other > one ? other : one;
    }
}
