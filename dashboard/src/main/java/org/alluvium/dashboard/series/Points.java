package org.alluvium.dashboard.series;

import java.util.ArrayList;
import java.util.List;

/**
 * What is drawn of a column, in the order of the axis. All lists are of one length.
 *
 * @param x position of the last figure under each point
 * @param min smallest figure under it, null if none is a number; so with the others
 * @param max largest
 * @param value last
 * @param smooth bias-corrected moving average at the last
 */
public record Points(List<Double> x, List<Double> min, List<Double> max, List<Double> value, List<Double> smooth) {

    /** Of nothing. */
    public static Points empty() {
        return new Points(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void add(double position, Range range, double last, double average) {
        x.add(position);
        min.add(finite(range.min()));
        max.add(finite(range.max()));
        value.add(finite(last));
        smooth.add(finite(average));
    }

    private static Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }
}
