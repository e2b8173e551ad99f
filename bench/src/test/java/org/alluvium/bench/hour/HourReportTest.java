package org.alluvium.bench.hour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.alluvium.bench.soak.Flatness;
import org.alluvium.bench.soak.ProcessProbe.Reading;
import org.alluvium.contracts.event.Event;
import org.junit.jupiter.api.Test;

class HourReportTest {

    private static final long MIB = 1 << 20;
    private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void whatStaysLevelIsFlatAndWhatGrowsIsNamed() {
        assertThat(report(minute -> 900 * MIB).trends()).hasSize(4).allMatch(Flatness.Trend::flat);
        assertThat(report(minute -> (500 + minute * 20) * MIB).trends())
                .filteredOn(trend -> !trend.flat())
                .singleElement()
                .satisfies(trend -> assertThat(trend.name()).isEqualTo("resident memory, MiB"));
    }

    @Test
    void aRowAveragesTheStepsSinceTheRowBefore() {
        // four minutes a row, a step a minute: losses 7 - 0.05 step of steps 5 to 8
        assertThat(report(minute -> 900 * MIB).lines())
                .contains("| 8 | 8 | 0.02 | 6.6750 | 2,000 | 40.0 | 900 | 60 | 30 |");
    }

    @Test
    void whatIsHeldOutSaidAndWrittenIsListed() {
        assertThat(report(minute -> 900 * MIB).lines())
                .contains("| 30 | 2.5000 |")
                .contains("| 30 | The \\| end |")
                .contains("1 checkpoints; training stood still for 0.010 % of its time for them.")
                .contains("0 spikes, 0 alerts.");
    }

    @Test
    void thePictureHasTheTrainedAndTheHeldOut() {
        assertThat(report(minute -> 900 * MIB).plot()).contains("before it was learned", "held out", "<polyline");
    }

    private static HourReport report(LongUnaryOperator resident) {
        List<Moment> moments = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (int minute = 1; minute <= 60; minute++) {
            Instant time = BEGIN.plusSeconds(60L * minute);
            events.add(new Event(
                    time,
                    "step",
                    Map.of(
                            "step",
                            minute,
                            "tokens",
                            minute * 2000,
                            "bitsPerByte",
                            7 - 0.05 * minute,
                            "tokensPerSecond",
                            2000.0,
                            "stepMillis",
                            1000.0)));
            moments.add(new Moment(minute, time, new Reading(40 * MIB, resident.applyAsLong(minute), 60, 30)));
        }
        Instant half = BEGIN.plusSeconds(1801);
        events.add(new Event(half, "eval", Map.of("step", 30, "heldOutBitsPerByte", 2.5)));
        events.add(new Event(half, "sample", Map.of("step", 30, "text", "The |\nend")));
        events.add(new Event(half, "checkpoint", Map.of("step", 30, "stallMillis", 6.0)));
        return new HourReport(moments, events);
    }
}
