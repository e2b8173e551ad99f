package org.alluvium.bench.ablation;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Compares curves with those of the first variant, the baseline. A variant's figure of merit is the share of the baseline's
 * tokens that it needs to reach the mean of the baseline's last scores; what never reaches it has none.
 */
final class AblationReport {

    private final Map<Variant, List<Curve>> curves;
    private final double target;
    private final double budget;

    /** @param curves of every seed, the baseline's first */
    AblationReport(Map<Variant, List<Curve>> curves) {
        this.curves = curves;
        List<Curve> baseline = curves.values().iterator().next();
        target = mean(baseline.stream().map(Curve::last).toList());
        budget = mean(baseline.stream()
                .map(curve -> curve.points().getLast().tokens())
                .toList());
    }

    void print(PrintWriter out) {
        out.println("variant,share of tokens,mean bits per byte,deviation,tokens to the baseline's end,each seed");
        curves.forEach((variant, seeds) -> {
            if (!seeds.isEmpty()) {
                out.println(line(variant, seeds));
            }
        });
        out.flush();
    }

    String line(Variant variant, List<Curve> seeds) {
        List<Double> last = seeds.stream().map(Curve::last).toList();
        return String.format(
                Locale.ROOT,
                "%s,%.2f,%.4f,%.4f,%s,%s",
                variant.name(),
                variant.share(),
                mean(last),
                deviation(last),
                reached(seeds),
                last.stream()
                        .map(score -> String.format(Locale.ROOT, "%.4f", score))
                        .collect(Collectors.joining(" ")));
    }

    private String reached(List<Curve> seeds) {
        List<OptionalDouble> tokens =
                seeds.stream().map(curve -> curve.tokensTo(target)).toList();
        if (tokens.stream().anyMatch(OptionalDouble::isEmpty)) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "%.3f",
                mean(tokens.stream().map(OptionalDouble::getAsDouble).toList()) / budget);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** Of the sample; 0 of a single value. */
    private static double deviation(List<Double> values) {
        if (values.size() < 2) {
            return 0;
        }
        double mean = mean(values);
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.size() - 1));
    }
}
