package org.alluvium.bench.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Whether what must stay level did. The first third of the time is warm-up; what must be flat has a median in the last third
 * that is at most a tenth above that of the middle third, and a little, so that a small number may wobble.
 *
 * @param minute when a sample was taken, since the beginning
 * @param measures what must be flat
 */
public record Flatness<S>(ToDoubleFunction<S> minute, List<Measure<S>> measures) {

    private static final double TOLERATED = 1.10;

    public Flatness {
        measures = List.copyOf(measures);
    }

    /**
     * Something that must be flat.
     *
     * @param slack by which it may grow besides the tenth
     * @param growth whether it is the difference to the sample before, a minute, that counts
     */
    public record Measure<S>(String name, double slack, Function<S, OptionalDouble> value, boolean growth) {

        public static <S> Measure<S> level(String name, double slack, Function<S, OptionalDouble> value) {
            return new Measure<>(name, slack, value, false);
        }

        public static <S> Measure<S> growth(String name, double slack, Function<S, OptionalDouble> value) {
            return new Measure<>(name, slack, value, true);
        }
    }

    /** How a measure went: medians of the middle and of the last third. */
    public record Trend(String name, double middle, double last, boolean flat) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "| %s | %.1f | %.1f | %s |", name, middle, last, flat ? "flat" : "**grows**");
        }
    }

    /** How everything that must be flat went, by samples in order. */
    public List<Trend> trends(List<S> samples) {
        return measures.stream().map(measure -> trend(measure, samples)).toList();
    }

    private Trend trend(Measure<S> measure, List<S> samples) {
        double from = minute.applyAsDouble(samples.getFirst());
        double third = (minute.applyAsDouble(samples.getLast()) - from) / 3;
        double middle = median(measure, samples, from + third, from + 2 * third);
        double last = median(measure, samples, from + 2 * third, Double.POSITIVE_INFINITY);
        return new Trend(measure.name(), middle, last, last <= middle * TOLERATED + measure.slack());
    }

    /** Median of the samples within the minutes; of growth, what was added in them, a minute. */
    private double median(Measure<S> measure, List<S> samples, double from, double to) {
        List<S> within = samples.stream()
                .filter(sample -> minute.applyAsDouble(sample) >= from && minute.applyAsDouble(sample) < to)
                .toList();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < within.size(); i++) {
            OptionalDouble value = measure.growth()
                    ? growth(measure, within, i)
                    : measure.value().apply(within.get(i));
            value.ifPresent(values::add);
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private OptionalDouble growth(Measure<S> measure, List<S> samples, int index) {
        if (index == 0) {
            return OptionalDouble.empty();
        }
        S before = samples.get(index - 1);
        S now = samples.get(index);
        double more = measure.value().apply(now).orElse(0)
                - measure.value().apply(before).orElse(0);
        return OptionalDouble.of(more / (minute.applyAsDouble(now) - minute.applyAsDouble(before)));
    }

    /** A table of trends. */
    public static List<String> table(List<Trend> trends) {
        List<String> lines = new ArrayList<>(List.of("| | middle third | last third | |", "|---|---|---|---|"));
        trends.forEach(trend -> lines.add(trend.toString()));
        return lines;
    }
}
