package org.alluvium.bench.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.alluvium.bench.soak.Flatness.Measure;
import org.alluvium.bench.soak.Flatness.Trend;
import org.alluvium.cli.view.Units;

/**
 * What the samples of a soak say.
 *
 * @param samples in order
 */
record SoakReport(List<Sample> samples) {

    private static final int ROWS = 12;
    private static final double MIB = 1 << 20;

    private static List<Measure<Sample>> measures() {
        return List.of(
                Measure.level(
                        "ingest: heap after a collection, MiB",
                        16,
                        sample -> ofIngest(sample, r -> r.heapBytes() / MIB)),
                Measure.level(
                        "ingest: resident memory, MiB", 32, sample -> ofIngest(sample, r -> r.residentBytes() / MIB)),
                Measure.level("ingest: file handles", 8, sample -> ofIngest(sample, r -> (double) r.fileHandles())),
                Measure.level("ingest: threads", 4, sample -> ofIngest(sample, r -> (double) r.threads())),
                Measure.level(
                        "state in checkpoints, MiB",
                        16,
                        sample -> some(sample.disk().state().bytes() / MIB)),
                Measure.level(
                        "files in checkpoints",
                        16,
                        sample -> some((double) sample.disk().state().files())),
                Measure.level(
                        "working state, MiB",
                        32,
                        sample -> some(sample.disk().working().bytes() / MIB)),
                Measure.growth(
                        "shard log, KiB more a minute",
                        4,
                        sample -> some(sample.disk().log().bytes() / 1024.0)),
                Measure.growth(
                        "events, KiB more a minute",
                        16,
                        sample -> some(sample.disk().events() / 1024.0)),
                Measure.growth(
                        "process log, KiB more a minute",
                        16,
                        sample -> some(sample.disk().processLogs() / 1024.0)));
    }

    private static OptionalDouble some(double value) {
        return OptionalDouble.of(value);
    }

    private static OptionalDouble ofIngest(Sample sample, Function<ProcessProbe.Reading, Double> value) {
        return sample.ingest().map(reading -> some(value.apply(reading))).orElse(OptionalDouble.empty());
    }

    /** How everything that must be flat went. */
    List<Trend> trends() {
        return new Flatness<>(Sample::minute, measures()).trends(samples);
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
        lines.addAll(Flatness.table(trends()));
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
