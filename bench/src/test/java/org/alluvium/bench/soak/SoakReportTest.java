package org.alluvium.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class SoakReportTest {

    private static final long MIB = 1 << 20;

    @Test
    void whatStaysOrAddsTheSameEveryMinuteIsFlat() {
        SoakReport report = report(minute -> 300 * MIB);

        assertThat(report.trends()).allMatch(Flatness.Trend::flat);
    }

    @Test
    void warmingUpIsNoGrowth() {
        SoakReport report = report(minute -> Math.min(minute, 20) * 15 * MIB);

        assertThat(report.trends()).allMatch(Flatness.Trend::flat);
    }

    @Test
    void aHeapThatGoesOnGrowingIsToldWithBothNumbers() {
        SoakReport report = report(minute -> minute * 10 * MIB);

        assertThat(report.trends())
                .filteredOn(trend -> !trend.flat())
                .singleElement()
                .satisfies(trend -> assertThat(trend.toString())
                        .isEqualTo("| ingest: heap after a collection, MiB | 300.0 | 500.0 | **grows** |"));
    }

    @Test
    void samplesWithoutAProcessCountForNothing() {
        List<Sample> samples = new ArrayList<>(report(minute -> 300 * MIB).samples());
        samples.set(45, sample(45, Optional.empty()));

        SoakReport report = new SoakReport(samples);
        assertThat(report.trends()).allMatch(Flatness.Trend::flat);
        assertThat(report.lines()).anyMatch(line -> line.startsWith("| 45 |") && line.contains("–"));
    }

    /** An hour with a sample a minute. */
    private static SoakReport report(LongUnaryOperator heapAtMinute) {
        List<Sample> samples = new ArrayList<>();
        for (int minute = 0; minute <= 60; minute++) {
            long heap = heapAtMinute.applyAsLong(minute);
            samples.add(sample(minute, Optional.of(new ProcessProbe.Reading(heap, 500 * MIB, 130, 80))));
        }
        return new SoakReport(samples);
    }

    private static Sample sample(int minute, Optional<ProcessProbe.Reading> ingest) {
        FolderSize log = new FolderSize(minute, minute * 20_000L);
        Sample.Disk disk = new Sample.Disk(
                new FolderSize(20, 50 * MIB), new FolderSize(9, 50 * MIB), log, minute * 9_000L, minute * 30_000L, 3);
        return new Sample(minute, minute * 1000L, ingest, Optional.empty(), disk, 0);
    }
}
