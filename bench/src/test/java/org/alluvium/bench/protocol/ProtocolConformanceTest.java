package org.alluvium.bench.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.alluvium.bench.protocol.Ingest.Attempt;
import org.alluvium.bench.protocol.Ingest.Stage;
import org.alluvium.bench.protocol.Model.Step;
import org.alluvium.bench.protocol.Run.Checkpoint;
import org.alluvium.bench.protocol.Run.Line;
import org.alluvium.contracts.config.DriftConfig;
import org.alluvium.contracts.error.FencedException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.flink.sink.LogCommitter;
import org.alluvium.flink.takedown.CommitGate;
import org.alluvium.trainer.checkpoint.CheckpointState.Progress;
import org.alluvium.trainer.checkpoint.Consumed;
import org.alluvium.trainer.checkpoint.RunPosition;
import org.alluvium.trainer.data.Cursor;
import org.alluvium.trainer.guard.GuardState;
import org.alluvium.trainer.journal.JournalTail;
import org.alluvium.trainer.score.PrequentialScores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the model says again of the program is what the program does. */
class ProtocolConformanceTest {

    private static final int WALKS = 300;
    private static final int LONGEST = 60;
    private static final DriftConfig NO_DRIFT = new DriftConfig(false, 0.1, 0.01, 1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void committersMakeTheLogThatTheModelHas(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        int fenced = 0;
        for (int walk = 0; walk < WALKS; walk++) {
            Follower follower = new Follower(Bounds.of(4, 2, 5).taking(2, 3).withZombies());
            for (int step = 0; step < LONGEST; step++) {
                follower.follow(random);
            }
            refused += follower.refused;
            fenced += follower.fenced;
        }
        assertThat(refused).as("attempts that were refused on these walks").isPositive();
        assertThat(fenced).as("attempts that were fenced off on these walks").isPositive();
    }

    /** Takes random steps of the model, and lets real committers do the same on a log of their own. */
    private static final class Follower {

        private final Protocol protocol;
        private final RealLog real = new RealLog();
        private final Map<Integer, LogCommitter> committers = new HashMap<>();
        private State state;
        private int refused;
        private int fenced;

        Follower(Bounds bounds) {
            this.protocol = new Protocol(bounds, Set.of());
            this.state = protocol.initial();
        }

        void follow(Random random) {
            List<Step<State>> steps = protocol.steps(state);
            if (steps.isEmpty()) {
                return;
            }
            Step<State> step = steps.get(random.nextInt(steps.size()));
            State before = state;
            state = step.to();
            for (Attempt attempt : before.ingest().attempts()) {
                Attempt after = state.ingest().attempts().get(attempt.number());
                if (!step.isFault() && !after.equals(attempt)) {
                    act(attempt, after);
                }
            }
            if (state.log().entries().size() > real.entries.size()) {
                real.entries.add(state.log().entries().getLast()); // of a sweep, which the model does not repeat
            }
            assertThat(real.entries).as(step.words()).isEqualTo(state.log().entries());
        }

        private void act(Attempt before, Attempt after) {
            switch (before.stage()) {
                case CLAIMING -> claim(before, after);
                case PUBLISHING -> commit(before, after, before.from().id());
                case RUNNING -> {
                    boolean heard = before.committer().toTell() != LogCommitter.Claim.FRESH
                            && (!after.isAlive() || after.committer().toTell() == LogCommitter.Claim.FRESH);
                    if (heard) {
                        commit(before, after, before.committer().toTell());
                    }
                }
                case ENDED, REFUSED -> throw new AssertionError("it did something: " + after);
            }
        }

        private void claim(Attempt before, Attempt after) {
            LogCommitter.Claim claim =
                    new LogCommitter.Claim(before.from().state(), before.from().id(), false, Records.FAMILY);
            if (after.stage() == Stage.PUBLISHING) {
                committers.put(before.number(), claim(before.number(), claim));
            } else {
                refused++;
                assertThatThrownBy(() -> claim(before.number(), claim)).isInstanceOf(MismatchException.class);
            }
        }

        private LogCommitter claim(int number, LogCommitter.Claim claim) {
            CommitGate gate = (written, out) -> {
                List<ShardFile> passed = new ArrayList<>();
                for (ShardFile shard : written.shards()) {
                    List<Integer> rows = state.files().at(shard.path()).rows();
                    List<Integer> kept =
                            rows.stream().filter(row -> !Records.has(out, row)).toList();
                    if (kept.equals(rows)) {
                        passed.add(shard);
                    } else if (!kept.isEmpty()) {
                        passed.add(
                                org.alluvium.bench.protocol.Files.named(IngestSteps.gated(number, shard.path()), kept));
                    }
                }
                return new CommitGate.Passed(IngestSteps.written(passed, written.takedowns()), List.of());
            };
            return LogCommitter.claim(real, claim, gate, NO_DRIFT, InstantSource.fixed(Instant.EPOCH));
        }

        private void commit(Attempt before, Attempt after, long checkpoint) {
            LogCommitter committer = committers.get(before.number());
            if (after.isAlive()) {
                Optional<LogCommitter.Published> published =
                        committer.commit(checkpoint, before.committer().pending(), false);
                published.ifPresent(commit -> assertThat(after.committer().last())
                        .isEqualTo(commit.entry().sequence()));
            } else {
                fenced++;
                assertThatThrownBy(() ->
                                committer.commit(checkpoint, before.committer().pending(), false))
                        .isInstanceOf(FencedException.class);
            }
        }
    }

    /** A log in memory. */
    private static final class RealLog implements ShardLog {

        private final List<LogEntry> entries = new ArrayList<>();

        @Override
        public OptionalLong lastSequence() {
            return lastSequenceFrom(0);
        }

        @Override
        public OptionalLong lastSequenceFrom(long first) {
            return first < entries.size() ? OptionalLong.of(entries.size() - 1L) : OptionalLong.empty();
        }

        @Override
        public LogEntry read(long sequence) {
            return entries.get(Math.toIntExact(sequence));
        }

        @Override
        public Optional<LogEntry> find(long sequence) {
            return sequence < entries.size() ? Optional.of(read(sequence)) : Optional.empty();
        }

        @Override
        public void forEachFrom(long sequence, Consumer<LogEntry> reader) {
            List.copyOf(entries.subList(Math.toIntExact(sequence), entries.size()))
                    .forEach(reader);
        }

        @Override
        public boolean tryAppend(LogEntry entry) {
            return entry.sequence() == entries.size() && entries.add(entry);
        }
    }

    /** Every journal that can come to be, from every checkpoint that can be beside it. */
    @Test
    void aJournalIsReadAsTheModelReadsIt(@TempDir Path folder) throws IOException {
        Set<Run> runs = new HashSet<>();
        Protocol protocol =
                new Protocol(Bounds.of(3, 3, 1).taking(2).goingBack().after(3), Set.of());
        Model<State> listening = new Listening(protocol, state -> runs.add(state.run()));
        new Explorer<>(listening, 1_000_000, states -> {}).explore();
        Set<List<Line>> journals = runs.stream().map(Run::journal).collect(Collectors.toSet());

        Path file = folder.resolve("journal.jsonl");
        int undone = 0;
        for (List<Line> journal : journals) {
            List<Integer> ends = write(file, journal);
            Set<Checkpoint> checkpoints = new HashSet<>(Set.of(Checkpoint.START));
            runs.stream()
                    .filter(run -> run.journal().equals(journal))
                    .forEach(run -> checkpoints.addAll(run.checkpoints()));
            for (Checkpoint from : checkpoints) {
                JournalTail tail = JournalTail.after(position(from, ends), file);
                assertThat(tail.valid())
                        .as("%s after step %s", journal, from.step())
                        .extracting(line -> journal.get(ends.indexOf((int) line.from())))
                        .isEqualTo(Run.valid(journal, from));
                boolean isUndone = new Run(journal, 0, List.of(), List.of(), false).isUndone(from);
                assertThat(tail.undone()).isEqualTo(isUndone);
                undone += isUndone ? 1 : 0;
            }
        }
        assertThat(journals).hasSizeGreaterThan(20);
        assertThat(undone).isPositive();
    }

    private static RunPosition position(Checkpoint checkpoint, List<Integer> ends) {
        Progress progress = new Progress(checkpoint.step(), 0, 0, ends.get(checkpoint.journal()));
        return new RunPosition(progress, Cursor.START, GuardState.START, PrequentialScores.NONE, Consumed.NOTHING);
    }

    /** Bytes up to each line. */
    private static List<Integer> write(Path file, List<Line> journal) throws IOException {
        List<Integer> ends = new ArrayList<>(List.of(0));
        StringBuilder text = new StringBuilder();
        for (Line line : journal) {
            text.append(
                            switch (line) {
                                case Run.Learned learned ->
                                    "{\"step\":%d,\"documents\":[{\"id\":\"d%d\"}]}"
                                            .formatted(learned.step(), learned.record());
                                case Run.Taken taken ->
                                    "{\"takedown\":{\"afterStep\":%d,\"through\":%d}}"
                                            .formatted(taken.afterStep(), taken.through());
                            })
                    .append('\n');
            ends.add(text.length());
        }
        Files.writeString(file, text);
        return ends;
    }

    /** A model of which every state is heard. */
    private record Listening(Protocol protocol, Consumer<State> listener) implements Model<State> {

        @Override
        public State initial() {
            return protocol.initial();
        }

        @Override
        public List<Step<State>> steps(State state) {
            listener.accept(state);
            return protocol.steps(state);
        }

        @Override
        public Optional<Violation> violation(State state) {
            return protocol.violation(state);
        }

        @Override
        public boolean isDone(State state) {
            return protocol.isDone(state);
        }
    }
}
