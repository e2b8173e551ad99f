package org.alluvium.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.alluvium.cli.view.DashboardSnapshot.Activity;
import org.alluvium.cli.view.DashboardSnapshot.Alerts;
import org.alluvium.cli.view.DashboardSnapshot.Guard;
import org.alluvium.cli.view.DashboardSnapshot.HeldOut;
import org.alluvium.cli.view.DashboardSnapshot.Ingest;
import org.alluvium.cli.view.DashboardSnapshot.LeftOutDocument;
import org.alluvium.cli.view.DashboardSnapshot.SavedCheckpoint;
import org.alluvium.cli.view.DashboardSnapshot.Spike;
import org.alluvium.cli.view.DashboardSnapshot.Step;
import org.alluvium.cli.view.DashboardSnapshot.TakenDown;
import org.alluvium.cli.view.DashboardSnapshot.TextSample;
import org.alluvium.cli.view.DashboardSnapshot.Trainer;
import org.junit.jupiter.api.Test;

class DashboardViewTest {

    static final DashboardSnapshot RUNNING = new DashboardSnapshot(
            "Alluvium demo",
            Duration.ofSeconds(151),
            new Ingest(
                    new Activity(Activity.Kind.RUNNING, ""),
                    47.8,
                    6912,
                    3,
                    7,
                    12,
                    58,
                    1_890_113,
                    "6,925 of 17,597 fed"),
            new Trainer(
                    new Activity(Activity.Kind.RUNNING, ""),
                    600,
                    Optional.of(new Step(214, 438_272, 5.8134, 2.1066, 4910.4)),
                    List.of(3.4, 3.0, 2.6, 2.1),
                    Optional.of(new HeldOut(200, 2.3456)),
                    182_113,
                    Duration.ofSeconds(41),
                    Optional.of(new SavedCheckpoint(200, Duration.ofSeconds(12))),
                    Optional.of(Duration.ofSeconds(161)),
                    Guard.IDLE,
                    Optional.empty(),
                    Optional.empty()),
            List.of(new TextSample(200, "Herr Präsident,", " ich möchte dem Haus\ndanken")));

    static final DashboardSnapshot BEFORE_THE_FIRST_STEP = new DashboardSnapshot(
            "Alluvium",
            Duration.ofSeconds(3),
            new Ingest(new Activity(Activity.Kind.STARTING, ""), 0, 0, 0, 0, 0, 0, 0, ""),
            new Trainer(
                    new Activity(Activity.Kind.WAITING, "the log is empty"),
                    0,
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    0,
                    Duration.ZERO,
                    Optional.empty(),
                    Optional.empty(),
                    Guard.IDLE,
                    Optional.empty(),
                    Optional.empty()),
            List.of());

    /** The same run, if it had met spikes and a full disk. */
    private static DashboardSnapshot troubled() {
        Trainer calm = RUNNING.trainer();
        Trainer troubled = new Trainer(
                calm.activity(),
                calm.steps(),
                calm.latest(),
                calm.bitsPerByte(),
                calm.heldOut(),
                calm.lagTokens(),
                calm.lag(),
                calm.checkpoint(),
                calm.remaining(),
                new Guard(
                        2,
                        0,
                        1,
                        List.of(new LeftOutDocument("web", "pages.warc#7", "seven", 181, 11.25)),
                        Optional.of(new Spike(190, "rewound", 180, "loss 9.1"))),
                Optional.of(new TakenDown(205, 57)),
                Optional.of(new Alerts(3, "checkpoint of step 205", "no space left", Duration.ofSeconds(8))));
        return new DashboardSnapshot(RUNNING.title(), RUNNING.elapsed(), RUNNING.ingest(), troubled, RUNNING.samples());
    }

    @Test
    void theBlockShowsEverythingThatIsMeasured() {
        assertThat(DashboardView.block(RUNNING, 120, 40, false))
                .containsExactly(
                        "Alluvium demo   2 min 31 s",
                        "ingest      running   6,925 of 17,597 fed",
                        "documents   6,912  47.8/s   58 commits   1,890,113 tokens   3 duplicates   12 dead letters   7 filtered",
                        "trainer     running   2 min 41 s to go",
                        "step        214 / 600   4,910 tokens/s   438,272 tokens learned from",
                        "loss        5.813   2.107 bits/byte   held-out 2.346 (step 200)",
                        "            █▆▄▁",
                        "lag         182,113 tokens   41 s",
                        "checkpoint  step 200, 12 s ago",
                        "at step 200 Herr Präsident, ▸ ich möchte dem Haus danken");
    }

    @Test
    void waitingIsShownWithItsReason() {
        assertThat(DashboardView.block(BEFORE_THE_FIRST_STEP, 80, 24, false))
                .contains("trainer     waiting (the log is empty)")
                .noneMatch(line -> line.startsWith("step") || line.startsWith("loss"));
    }

    @Test
    void spikesAndAlertsAreShownWhereThereWereAny() {
        assertThat(DashboardView.block(troubled(), 120, 40, false))
                .containsSubsequence(
                        "checkpoint  step 200, 12 s ago",
                        "guard       2 steps skipped   1 rewind   1 document left out",
                        "            step 190 rewound to step 180: loss 9.1",
                        "takedown    from step 206 on without what takedowns up to 57 select",
                        "alert       8 s ago, the last of 3: checkpoint of step 205: no space left");
        assertThat(DashboardView.logLine(troubled()))
                .contains("41 s, 2 steps skipped, 1 rewind, 1 document left out, 3 alerts |");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        IntStream.rangeClosed(1, 120)
                .forEach(columns -> assertThat(DashboardView.block(RUNNING, columns, 40, false))
                        .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(columns)));
    }

    @Test
    void theBlockIsLowerThanTheTerminal() {
        IntStream.rangeClosed(2, 30)
                .forEach(rows -> assertThat(DashboardView.block(RUNNING, 80, rows, false))
                        .hasSizeLessThan(rows));
    }

    @Test
    void colorsChangeNothingButColors() {
        List<String> colored = DashboardView.block(RUNNING, 60, 40, true);
        assertThat(colored).anyMatch(line -> line.contains("\u001b[32m"));
        assertThat(colored.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .isEqualTo(DashboardView.block(RUNNING, 60, 40, false));
    }

    @Test
    void theLogLineHoldsTheSameInOneLine() {
        assertThat(DashboardView.logLine(RUNNING))
                .isEqualTo("00:02:31  trainer running: step 214 / 600 loss 5.813 2.107 bits/byte 4,910 tokens/s,"
                        + " lag 182,113 tokens 41 s | ingest running: 6,912 documents (47.8/s), 58 commits");
        assertThat(DashboardView.logLine(BEFORE_THE_FIRST_STEP))
                .contains("no step yet")
                .contains("the log is empty");
    }
}
