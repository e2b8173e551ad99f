package org.alluvium.bench.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.alluvium.cli.view.Units;

/**
 * What the samples of a soak say. The first third of the time is warm-up; what must be flat has a median in the last third
 * that is at most a tenth above that of the middle third, and a little, so that a small number may wobble.
 *
 * @param samples in order
 */
record SoakReport(List<Sample> samples) {

    private static final double TOLERATED = 1.10;
    private static final int ROWS = 12;
    private static final double MIB = 1 << 20;

    /** Something that must be flat. A measure of growth is one of the difference to the sample before. */
    private record Measure(String name, double slack, Function<Sample, OptionalDouble> value, boolean growth) {}

    /** How a measure went: medians of the middle and of the last third. */
    record Trend(String name, double middle, double last, boolean flat) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "| %s | %.1f | %.1f | %s |", name, middle, last, flat ? "flat" : "**grows**");
        }
    }

    private static List<Measure> measures() {
        return List.of(
                level("ingest: heap after a collection, MiB", 16, sample -> ofIngest(sample, r -> r.heapBytes() / MIB)),
                level("ingest: resident memory, MiB", 32, sample -> ofIngest(sample, r -> r.residentBytes() / MIB)),
                level("ingest: file handles", 8, sample -> ofIngest(sample, r -> (double) r.fileHandles())),
                level("ingest: threads", 4, sample -> ofIngest(sample, r -> (double) r.threads())),
                level(
                        "state in checkpoints, MiB",
                        16,
                        sample -> some(sample.disk().state().bytes() / MIB)),
                level(
                        "files in checkpoints",
                        16,
                        sample -> some((double) sample.disk().state().files())),
                level(
                        "working state, MiB",
                        32,
                        sample -> some(sample.disk().working().bytes() / MIB)),
                growth(
                        "shard log, KiB more a minute",
                        4,
                        sample -> some(sample.disk().log().bytes() / 1024.0)),
                growth(
                        "events, KiB more a minute",
                        16,
                        sample -> some(sample.disk().events() / 1024.0)),
                growth(
                        "process log, KiB more a minute",
                        16,
                        sample -> some(sample.disk().processLogs() / 1024.0)));
    }

    private static Measure level(String name, double slack, Function<Sample, OptionalDouble> value) {
        return new Measure(name, slack, value, false);
    }

    private static Measure growth(String name, double slack, Function<Sample, OptionalDouble> value) {
        return new Measure(name, slack, value, true);
    }

    private static OptionalDouble some(double value) {
        return OptionalDouble.of(value);
    }

    private static OptionalDouble ofIngest(Sample sample, Function<ProcessProbe.Reading, Double> value) {
        return sample.ingest().map(reading -> some(value.apply(reading))).orElse(OptionalDouble.empty());
    }

    /** How everything that must be flat went. */
    List<Trend> trends() {
        return measures().stream().map(this::trend).toList();
    }

    private Trend trend(Measure measure) {
        double from = samples.getFirst().minute();
        double third = (samples.getLast().minute() - from) / 3;
        double middle = median(measure, from + third, from + 2 * third);
        double last = median(measure, from + 2 * third, Double.POSITIVE_INFINITY);
        return new Trend(measure.name(), middle, last, last <= middle * TOLERATED + measure.slack());
    }

    /** Median of the samples within the minutes; of growth, what was added in them, a minute. */
    private double median(Measure measure, double from, double to) {
        List<Sample> within = samples.stream()
                .filter(sample -> sample.minute() >= from && sample.minute() < to)
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

    private static OptionalDouble growth(Measure measure, List<Sample> samples, int index) {
        if (index == 0) {
            return OptionalDouble.empty();
        }
        Sample before = samples.get(index - 1);
        Sample now = samples.get(index);
        double more = measure.value().apply(now).orElse(0)
                - measure.value().apply(before).orElse(0);
        return some(more / (now.minute() - before.minute()));
    }

    /** Two tables: what was measured over time, in a dozen rows; and what must be flat. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(Arrays.asList(
                "| minute | documents | heap MiB | resident MiB | handles | threads | checkpoints MiB (files) | working MiB"
                        + " | log KiB | restarts |",
                "|---|---|---|---|---|---|---|---|---|---|"));
        int stride = Math.max(1, samples.size() / ROWS);
        for (int i = 0; i < samples.size(); i += stride) {
            lines.add(row(samples.get(i)));
        }
        lines.add("");
        lines.add("| | middle third | last third | |");
        lines.add("|---|---|---|---|");
        trends().forEach(trend -> lines.add(trend.toString()));
        return lines;
    }

    private static String row(Sample sample) {
        Sample.Disk disk = sample.disk();
        String process = sample.ingest()
                .map(reading -> "%.0f | %.0f | %d | %d"
                        .formatted(
                                reading.heapBytes() / MIB,
                                reading.residentBytes() / MIB,
                                reading.fileHandles(),
                                reading.threads()))
                .orElse("– | – | – | –");
        return String.format(
                Locale.ROOT,
                "| %.0f | %s | %s | %.0f (%d) | %.0f | %.0f | %d |",
                sample.minute(),
                Units.count(sample.committed()),
                process,
                disk.state().bytes() / MIB,
                disk.state().files(),
                disk.working().bytes() / MIB,
                disk.log().bytes() / 1024.0,
                sample.restarts());
    }
}
