package org.alluvium.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.alluvium.cli.sweep.SweepReport.State;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigDigest;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.event.EventSink;
import org.alluvium.contracts.event.JsonlEventSink;
import org.alluvium.contracts.layout.RunLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps over runs that a fake trainer takes: it writes the events of a trainer and learns by the learning rate. */
class SweepTest {

    private static final Grid GRID = Grid.parse(List.of("train.optimizer.learningRate=0.1,0.2,0.4", "train.seed=1,2"));
    private static final int STEPS = 4;

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void nameAFolderThatIsNotThere() {
        folder = parent.resolve("sweeps").resolve("rates");
    }

    private final List<String> notes = new ArrayList<>();
    private final List<String> trained = new ArrayList<>();

    @Test
    void everyCombinationIsTrainedOnceAndRanked() throws IOException {
        Sweep sweep = sweep();
        assertThat(sweep.run(this::train)).isEqualTo(ExitCode.OK);

        assertThat(trained).hasSize(6).doesNotHaveDuplicates();
        SweepReport.Row best = sweep.report().ranked().getFirst();
        assertThat(best.point().settings()).containsEntry("train.optimizer.learningRate", "0.4");
        assertThat(best.outcome().heldOutAtEnd()).hasValue(4 - 0.4 * STEPS);
        List<String> table = Files.readAllLines(folder.resolve(SweepReport.TABLE));
        assertThat(table).hasSize(7);
        assertThat(table.get(0)).startsWith("train.optimizer.learningRate,train.seed,state,step,tokens");
        assertThat(table.get(1)).startsWith("0.1,1,finished,4,400,0.4,1000,3.6000,3.6000,");
        assertThat(Files.readString(folder.resolve(SweepReport.PLOT)))
                .contains("learningRate=0.4, seed=2")
                .containsPattern("<polyline [^>]*points=\"[0-9.]+,[0-9.]+ [0-9.]+,[0-9.]+ ");
    }

    @Test
    void aSweepThatWasKilledGoesOnWithTheRunThatItWasAt() {
        Sweep.Trainer killedInTheThird = config -> {
            if (trained.size() == 2) {
                write(config, 2, false);
                throw new IllegalStateException("killed");
            }
            return train(config);
        };
        assertThatThrownBy(() -> sweep().run(killedInTheThird)).hasMessage("killed");
        assertThat(sweep().report().rows())
                .extracting(SweepReport.Row::state)
                .containsExactly(
                        State.FINISHED, State.FINISHED, State.UNFINISHED, State.WAITING, State.WAITING, State.WAITING);

        List<String> before = List.copyOf(trained);
        trained.clear();
        assertThat(sweep().run(this::train)).isEqualTo(ExitCode.OK);
        assertThat(trained).hasSize(4).doesNotContainAnyElementsOf(before);
        assertThat(sweep().report().ranked()).hasSize(6);
    }

    @Test
    void aRunThatFailsIsReportedAndTheOthersAreTrained() {
        Sweep sweep = sweep();
        ExitCode code = sweep.run(config -> {
            if (config.train().seed() == 2) {
                throw new DataException("diverged", "here", "Do something");
            }
            return train(config);
        });
        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(sweep.report().rows())
                .extracting(SweepReport.Row::state)
                .containsExactly(
                        State.FINISHED, State.FAILED, State.FINISHED, State.FAILED, State.FINISHED, State.FAILED);
        assertThat(notes).anyMatch(note -> note.contains("diverged"));
    }

    @Test
    void aRequestToStopEndsTheSweep() {
        assertThat(sweep().run(config -> {
                    trained.add("one");
                    return ExitCode.INTERRUPTED;
                }))
                .isEqualTo(ExitCode.INTERRUPTED);
        assertThat(trained).hasSize(1);
    }

    @Test
    void runsOfAnotherConfigurationAreNotMixedIn() {
        sweep().run(this::train);
        Sweep other = sweep("train.batch=3");
        assertThatThrownBy(() -> other.run(this::train))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("another folder");
    }

    @Test
    void runsWithoutEndAreRefused() {
        assertThatThrownBy(() -> sweep("train.steps=0"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("train.steps");
    }

    @Test
    void whatIsNoAxisIsRefused() {
        for (List<String> axes : List.of(
                List.of("train.seed"),
                List.of("train.seed=1", "train.seed=2"),
                List.of("train.seed=1,1"),
                List.of("train.run=a,b"))) {
            assertThatThrownBy(() -> Grid.parse(axes)).isInstanceOf(ConfigException.class);
        }
    }

    @Test
    void aTableQuotesWhatACommaWouldSplit() {
        Grid.Axis axis = new Grid.Axis("train.eval.prompts", List.of("[a,\"b\"]"));
        Grid grid = new Grid(List.of(axis));
        SweepReport report = new SweepReport(
                grid, List.of(new SweepReport.Row(grid.points().getFirst(), State.WAITING, Outcome.of(List.of()))));
        assertThat(report.csv()).contains("\r\n\"[a,\"\"b\"\"]\",waiting,0,0,0.0,0,,,");
        assertThat(report.svg()).contains("<svg");
    }

    @Test
    void theTimeThatIsLeftCountsTheRunsThatFollow() {
        Pace pace = new Pace(100, 200);
        assertThat(pace.line()).isEmpty();
        pace.add(step(10, 0));
        assertThat(pace.left()).isEmpty();
        pace.add(step(20, 5));
        assertThat(pace.left()).contains(Duration.ofSeconds(140));
        assertThat(pace.line().orElseThrow()).contains("step 20 of 100").contains("2 min 20 s");
    }

    private static Event step(long step, long second) {
        return new Event(
                Instant.EPOCH.plusSeconds(second),
                "step",
                Map.of("step", step, "bitsPerByte", 2.5, "tokensPerSecond", 7));
    }

    @Test
    void stepsThatWereTakenTwiceCountOnce() {
        List<Event> events = List.of(
                event("start", Map.of("configDigest", "a")),
                event("step", Map.of("step", 1, "tokens", 100, "stepMillis", 1000.0, "bitsPerByte", 3.0)),
                event("step", Map.of("step", 2, "tokens", 200, "stepMillis", 1000.0, "bitsPerByte", 2.9)),
                event("start", Map.of("configDigest", "a")),
                event("step", Map.of("step", 2, "tokens", 200, "stepMillis", 3000.0, "bitsPerByte", 2.8)));
        Outcome outcome = Outcome.of(events);
        assertThat(outcome.tokens()).isEqualTo(200);
        assertThat(outcome.seconds()).isEqualTo(4);
        assertThat(outcome.trainedAtEnd()).hasValue(2.8);
        assertThat(outcome.course()).hasSize(2);
        assertThat(outcome.reached(2)).isFalse();
    }

    private static Event event(String type, Map<String, Object> fields) {
        return new Event(Instant.EPOCH, type, fields);
    }

    private Sweep sweep(String... settings) {
        List<Sweep.Job> jobs = new ArrayList<>();
        for (Grid.Point point : GRID.points()) {
            List<String> all = new ArrayList<>(List.of("train.steps=" + STEPS));
            all.addAll(List.of(settings));
            all.addAll(point.overrides());
            all.add("train.run=" + Sweep.runFolder(folder, point));
            jobs.add(new Sweep.Job(point, ConfigLoader.parse("{}", "test", parent, all)));
        }
        return new Sweep(folder, GRID, jobs, new Sweep.Progress() {
            @Override
            public void note(String line) {
                notes.add(line);
            }

            @Override
            public void now(String line) {} // depends on the time
        });
    }

    private ExitCode train(AlluviumConfig config) {
        write(config, STEPS, true);
        trained.add(config.train().run().getFileName().toString());
        return ExitCode.OK;
    }

    private static void write(AlluviumConfig config, int steps, boolean toTheEnd) {
        RunLayout run = new RunLayout(config.train().run()).create();
        double rate = config.train().optimizer().peakLearningRate();
        try (EventSink events = new JsonlEventSink(run.events(), InstantSource.system())) {
            events.emit("start", Map.of("configDigest", ConfigDigest.of(config)));
            for (int step = 1; step <= steps; step++) {
                double bits = 4 - rate * step;
                events.emit(
                        "step", Map.of("step", step, "tokens", 100 * step, "stepMillis", 100.0, "bitsPerByte", bits));
                events.emit("eval", Map.of("step", step, "heldOutBitsPerByte", bits));
            }
            if (toTheEnd) {
                events.emit("stop", Map.of("step", steps, "reason", "train.steps reached"));
            }
        }
    }
}
