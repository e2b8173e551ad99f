package org.alluvium.cli.view;

import java.util.List;

/** A curve in one line of text, after E. Tufte's sparklines, with the eighth blocks of Unicode. */
final class Sparkline {

    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    private Sparkline() {}

    /**
     * The values, oldest at the left, from their minimum (lowest block) to their maximum.
     *
     * @param columns longest curve; where there are more values, each column is the mean of its share of them
     */
    static String of(List<Double> values, int columns) {
        List<Double> finite = values.stream().filter(Double::isFinite).toList();
        if (finite.isEmpty() || columns <= 0) {
            return "";
        }
        int points = Math.min(columns, finite.size());
        double[] means = new double[points];
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < points; i++) {
            int from = (int) ((long) i * finite.size() / points);
            int to = (int) ((long) (i + 1) * finite.size() / points);
            double mean = finite.subList(from, to).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElseThrow();
            means[i] = mean;
            least = Math.min(least, mean);
            most = Math.max(most, mean);
        }
        StringBuilder curve = new StringBuilder(points);
        for (double mean : means) {
            double height = most > least ? (mean - least) / (most - least) : 0.5;
            curve.append(BLOCKS.charAt((int) Math.round(height * (BLOCKS.length() - 1))));
        }
        return curve.toString();
    }
}
