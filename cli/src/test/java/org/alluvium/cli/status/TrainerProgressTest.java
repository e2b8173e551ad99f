package org.alluvium.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.cli.view.DashboardSnapshot.Alerts;
import org.alluvium.cli.view.DashboardSnapshot.LeftOutDocument;
import org.alluvium.cli.view.DashboardSnapshot.Spike;
import org.alluvium.cli.view.DashboardSnapshot.TakenDown;
import org.alluvium.cli.view.DashboardSnapshot.TextSample;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.log.Freshness.Quantiles;
import org.junit.jupiter.api.Test;

class TrainerProgressTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private final TrainerProgress progress = new TrainerProgress();

    private void add(long second, String type, Map<String, Object> fields) {
        progress.add(new Event(START.plusSeconds(second), type, fields));
    }

    private void step(long second, long step, double bitsPerByte) {
        add(second, "step", Map.of("step", step, "bitsPerByte", bitsPerByte, "lagTokens", 70, "lagSeconds", 1.5));
    }

    @Test
    void thePaceOfLateTellsTheTimeThatIsLeft() {
        step(0, 1, 3.5);
        step(10, 6, 3.4);
        assertThat(progress.remaining(16)).contains(Duration.ofSeconds(20));
        assertThat(progress.remaining(0)).isEmpty();
    }

    @Test
    void stepsThatAResumedRunRepeatsReplaceTheEarlierOnes() {
        step(0, 1, 3.5);
        step(1, 2, 3.4);
        step(2, 3, 9.9);
        add(60, "start", Map.of());
        step(61, 2, 3.4);
        step(62, 3, 3.3);
        assertThat(progress.bitsPerByte()).containsExactly(3.5, 3.4, 3.3);
        assertThat(progress.latest().orElseThrow().step()).isEqualTo(3);
    }

    @Test
    void theNewestTakedownTellsFromWhereOnTheRunIsWithout() {
        add(0, "takedown", Map.of("step", 12, "through", 57));
        add(9, "takedown", Map.of("step", 20, "through", 61));
        assertThat(progress.takenDown()).contains(new TakenDown(20, 61));
    }

    @Test
    void aDeviceCompilesUntilTheFirstStep() {
        add(0, "start", Map.of("device", Map.of("name", "Device X")));
        assertThat(progress.waiting()).contains("the first step compiles its kernels for Device X");
        step(30, 1, 3.5);
        assertThat(progress.waiting()).isEmpty();
    }

    @Test
    void waitingLastsUntilTheNextStep() {
        add(0, "waiting", Map.of("reason", "the log is empty"));
        assertThat(progress.waiting()).contains("the log is empty");
        step(1, 1, 3.5);
        assertThat(progress.waiting()).isEmpty();
        assertThat(progress.lagTokens()).isEqualTo(70);
        assertThat(progress.lag()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void theNewestReportOfFreshnessCounts() {
        add(0, "freshness", Map.of("step", 3, "eventToStep", new Quantiles(1, 2, 3).fields()));
        add(9, "freshness", Map.of("step", 7, "commitToStep", new Quantiles(4, 5, 6).fields()));
        assertThat(progress.freshness()).containsExactly(Map.entry("commitToStep", new Quantiles(4, 5, 6)));
    }

    @Test
    void documentsThatAreTooOldAreCountedOnceThoughStepsAreRepeated() {
        add(0, "step", Map.of("step", 1, "tooOld", 5));
        add(1, "step", Map.of("step", 2, "tooOld", 7));
        add(2, "step", Map.of("step", 3));
        add(60, "start", Map.of());
        add(61, "step", Map.of("step", 2, "tooOld", 7));
        add(62, "step", Map.of("step", 3));
        assertThat(progress.tooOld()).isEqualTo(12);
    }

    @Test
    void theFirstAndTheNewestSampleOfEachPromptAreKept() {
        add(0, "sample", Map.of("step", 0, "prompt", "Herr", "text", "Herr xx"));
        add(1, "sample", Map.of("step", 25, "prompt", "Herr", "text", "Herr Präsident"));
        add(2, "sample", Map.of("step", 50, "prompt", "Herr", "text", "Herr Kommissar"));
        assertThat(progress.firstSamples()).containsExactly(new TextSample(0, "Herr", " xx"));
        assertThat(progress.lastSamples()).containsExactly(new TextSample(50, "Herr", " Kommissar"));
    }

    @Test
    void ofStepsThatWereTakenAgainTheLastTimeCounts() {
        step(0, 4, 3.5);
        spike(0, 4, Map.of("action", "skipped"));
        step(1, 5, 3.5);
        spike(1, 5, Map.of("action", "rewound", "toStep", 2, "documents", List.of(document("bad", 9.5))));
        step(2, 3, 3.5);
        step(3, 4, 3.5);
        spike(3, 4, Map.of("action", "skipped", "reason", "loss 9"));
        assertThat(progress.guard().skipped()).isEqualTo(1);
        assertThat(progress.guard().rewinds()).isEqualTo(1);
        assertThat(progress.guard().newest()).contains(new Spike(4, "skipped", 0, "loss 9"));
    }

    @Test
    void whatWasLeftOutStaysSoAndIsToldOnce() {
        spike(1, 5, Map.of("action", "rewound", "toStep", 2, "documents", List.of(document("bad", 9.5))));
        spike(
                9,
                8,
                Map.of(
                        "action",
                        "rewound",
                        "toStep",
                        4,
                        "documents",
                        List.of(document("bad", 8), document("x", "NaN"))));
        assertThat(progress.guard().leftOut())
                .containsExactly(
                        new LeftOutDocument("web", "file#1", "bad", 3, 9.5),
                        new LeftOutDocument("web", "file#1", "x", 5, Double.NaN));
    }

    @Test
    void alertsLastUntilTheNextProcess() {
        add(5, "alert", Map.of("what", "checkpoint", "message", "disk full"));
        add(7, "alert", Map.of("what", "checkpoint", "message", "disk still full"));
        assertThat(progress.alerts(START.plusSeconds(10)))
                .contains(new Alerts(2, "checkpoint", "disk still full", Duration.ofSeconds(3)));
        add(9, "start", Map.of());
        assertThat(progress.alerts(START.plusSeconds(10))).isEmpty();
    }

    private void spike(long second, long step, Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("step", step);
        add(second, "spike", all);
    }

    private static Map<String, Object> document(String id, Object lossPerToken) {
        return Map.of(
                "source",
                "web",
                "origin",
                "file#1",
                "id",
                id,
                "contentHash",
                "hash of " + id,
                "lossPerToken",
                lossPerToken);
    }

    @Test
    void eventsOfUnknownTypeArePassedOver() {
        add(5, "telescope", Map.of("step", 7));
        assertThat(progress.latest()).isEmpty();
        assertThat(progress.lastEvent()).contains(START.plusSeconds(5));
    }
}
