package org.alluvium.ingest.filter;

/**
 * One measured value beside its threshold.
 *
 * @param rule name of the rule, which is the reason where it fails
 * @param value what was measured
 * @param bound how value and threshold are compared
 * @param threshold what is demanded; a value that equals it passes; infinite for a rule that is switched off
 */
public record Finding(String rule, double value, Bound bound, double threshold) {

    /** On which side of the threshold a value must be. */
    public enum Bound {
        AT_LEAST,
        AT_MOST
    }

    public static Finding atLeast(String rule, double value, double threshold) {
        return new Finding(rule, value, Bound.AT_LEAST, threshold);
    }

    public static Finding atMost(String rule, double value, double threshold) {
        return new Finding(rule, value, Bound.AT_MOST, threshold);
    }

    /** A value of which a rule that is switched off demands nothing. */
    public static Finding off(String rule, double value) {
        return atMost(rule, value, Double.POSITIVE_INFINITY);
    }

    /** Whether there is a value that the document would be dropped for. */
    public boolean demands() {
        return Double.isFinite(threshold);
    }

    /** Whether the document is dropped for this. */
    public boolean fails() {
        return bound == Bound.AT_LEAST ? value < threshold : value > threshold;
    }
}
