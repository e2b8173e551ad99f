package org.alluvium.tokenizer.train.unigram;

/** The derivative of the logarithm of the gamma function. */
final class Digamma {

    /** From here on the series is exact to the last digits. */
    private static final double LARGE = 10;

    private Digamma() {}

    /** By recurrence, then the asymptotic series (Abramowitz, Stegun: 6.3.5 and 6.3.18); x is positive. */
    static double of(double x) {
        double sum = 0;
        double at = x;
        for (; at < LARGE; at++) {
            sum -= 1 / at;
        }
        double inverse = 1 / (at * at);
        double series = inverse * (1.0 / 12 - inverse * (1.0 / 120 - inverse * (1.0 / 252 - inverse / 240)));
        return sum + StrictMath.log(at) - 0.5 / at - series;
    }
}
