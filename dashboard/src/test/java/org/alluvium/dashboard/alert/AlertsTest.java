package org.alluvium.dashboard.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.dashboard.run.Marker;
import org.alluvium.dashboard.run.RunIndex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private RunLayout run;

    @BeforeEach
    void create() {
        run = new RunLayout(folder).create();
    }

    @Test
    void anAlertArisesOnceWhereItsConditionHasHeldLongEnough() throws IOException {
        for (int step = 1; step <= 9; step++) {
            step(step, step >= 3 && step <= 7 ? 9 : 1);
        }
        assertThat(alerts("{ name: high, series: step/loss, above: 5, forFigures: 3, level: critical }"))
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.step()).isEqualTo(5);
                    assertThat(alert.members())
                            .containsEntry("rule", "high")
                            .containsEntry("level", "critical")
                            .containsEntry("message", "step/loss is 9.000, above 5.000, 3 times in a row");
                });
        assertThat(steps("{ name: high, series: step/loss, above: 5, forTime: 4m }"))
                .containsExactly(7L);
        assertThat(steps("{ name: low, series: step/loss, below: 5 }")).containsExactly(1L, 8L);
    }

    @Test
    void theSameIsFoundHoweverTheEventsAreRead() throws IOException {
        RunIndex index = new RunIndex(run);
        Alerts step = new Alerts(
                Map.of("main", index),
                run -> List.of(),
                settings("{ name: high, series: step/loss, above: 5, forFigures: 2 }"),
                clock());
        for (int i = 1; i <= 40; i++) {
            step(i, i % 7 < 3 ? 9 : 1);
            index.readOn();
            step.lookOn();
        }
        assertThat(step.of(index).stream().map(Marker::step).toList())
                .isEqualTo(steps("{ name: high, series: step/loss, above: 5, forFigures: 2 }"))
                .hasSize(6);
    }

    @Test
    void whatIsUndoneRaisesNothing() throws IOException {
        step(1, 1);
        step(2, 9);
        event(3, "resume", "\"step\":1,\"path\":\"step-1\"");
        assertThat(steps("{ name: high, series: step/loss, above: 5 }")).isEmpty();
        step(2, 1);
        step(3, 9);
        assertThat(steps("{ name: high, series: step/loss, above: 5 }")).containsExactly(3L);
    }

    @Test
    void aLossThatIsNotANumberNeedsNoRule() throws IOException {
        step(1, 1);
        event(2, "step", "\"step\":2,\"tokens\":20,\"loss\":\"NaN\"");
        event(3, "step", "\"step\":3,\"tokens\":30,\"loss\":\"NaN\"");
        assertThat(steps("{ name: high, series: step/loss, above: 5 }")).containsExactly(2L);
    }

    @Test
    void absenceIsCountedFromTheLastFigureOrTheBeginOfAProcess() throws IOException {
        event(0, "start", "\"parameters\":1");
        step(30, 1);
        event(40, "checkpoint", "\"step\":40,\"bytes\":1");
        step(90, 1);
        step(101, 1);
        event(1_000, "start", "\"parameters\":1");
        step(1_010, 1);
        step(1_060, 1);
        assertThat(steps("{ name: unsaved, series: checkpoint/bytes, absentFor: 1h }"))
                .containsExactly(101L, 1_060L);
    }

    @Test
    void aRuleForASeriesThatThereIsNotIsTold() throws IOException {
        step(1, 1);
        RunIndex index = new RunIndex(run);
        try (Alerts alerts = new Alerts(
                Map.of("main", index),
                run -> List.of(),
                settings("{ name: high, series: step/los, above: 5 }"),
                clock())) {
            assertThat(alerts.problems(index)).isEmpty();
            index.readOn();
            assertThat(alerts.problems(index)).singleElement().asString().contains("did you mean step/loss?");
        }
    }

    private List<Long> steps(String rule) {
        return alerts(rule).stream().map(Marker::step).toList();
    }

    private List<Marker> alerts(String rule) {
        RunIndex index = new RunIndex(run);
        try (Alerts alerts = new Alerts(Map.of("main", index), run -> List.of(), settings(rule), clock())) {
            index.readOn();
            alerts.lookOn();
            return alerts.of(index);
        }
    }

    private static InstantSource clock() {
        return InstantSource.fixed(BEGIN);
    }

    private static AlertSettings settings(String rule) {
        return AlertSettings.of(
                ConfigLoader.parse("dashboard: { alerts: [" + rule + "] }", "test", Path.of("/data"), List.of())
                        .dashboard());
    }

    private void step(int step, double loss) throws IOException {
        event(step, "step", "\"step\":" + step + ",\"tokens\":" + 10 * step + ",\"loss\":" + loss);
    }

    private void event(int minute, String type, String fields) throws IOException {
        Files.writeString(
                run.events(),
                "{\"time\":\"" + BEGIN.plus(Duration.ofMinutes(minute)) + "\",\"type\":\"" + type + "\"," + fields
                        + "}\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
