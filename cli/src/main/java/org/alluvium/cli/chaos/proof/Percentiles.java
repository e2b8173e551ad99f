package org.alluvium.cli.chaos.proof;

import java.util.stream.DoubleStream;

/**
 * How figures are spread, each percentile one of the figures: the smallest that so many in a hundred do not exceed.
 *
 * @param count of figures; with none, all others are 0
 */
public record Percentiles(int count, double p50, double p95, double max) {

    /** Of figures in any order. */
    public static Percentiles of(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        return new Percentiles(sorted.length, at(sorted, 0.50), at(sorted, 0.95), at(sorted, 1));
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
