package org.alluvium.bench.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A training run: what it has on disk, and its processes.
 *
 * @param journal lines in their order
 * @param forced how many of them a power cut leaves
 * @param checkpoints the newest few, by step
 * @param trainers by number
 * @param wentBack whether it was told to go back
 */
record Run(List<Line> journal, int forced, List<Checkpoint> checkpoints, List<Trainer> trainers, boolean wentBack) {

    static final Run NEW = new Run(List.of(), 0, List.of(), List.of(), false);
    private static final int RETAINED = 2;

    Run {
        journal = List.copyOf(journal);
        checkpoints = List.copyOf(checkpoints);
        trainers = List.copyOf(trainers);
    }

    /** A line of the journal. */
    sealed interface Line {}

    /**
     * A step.
     *
     * @param record that it learned from
     * @param entry of the log that the record came from, which no line says, but {@link Invariant}s ask
     * @param known newest takedown that was known, likewise
     */
    record Learned(long step, int record, long entry, long known) implements Line {

        boolean agrees(Learned other) {
            return step == other.step && record == other.record;
        }
    }

    /** Later steps that stand before it are void. */
    record Taken(long afterStep, long through) implements Line {}

    /**
     * A checkpoint.
     *
     * @param position rows of the log that were read
     * @param journal lines up to and with its step
     * @param weights records in the order in which they were learned
     */
    record Checkpoint(long step, int position, int journal, List<Integer> weights) {

        static final Checkpoint START = new Checkpoint(0, 0, 0, List.of());
    }

    /** What is prepared: the next record that is not passed over. */
    record Prepared(int after, int record, long entry, long known) {}

    enum Stage {
        RUNNING,
        /** It has written the line of a takedown. */
        STOPPED,
        /** A step came out differently, or what is on disk does not fit. */
        BROKEN,
        ENDED
    }

    /**
     * A process.
     *
     * @param at where it stands, and its weights
     * @param known newest takedown that it knows
     * @param recorded lines of steps to come that it is to find again
     * @param prepared the next step's data
     * @param writing a checkpoint that is not published yet
     */
    record Trainer(
            int number,
            Stage stage,
            Checkpoint at,
            long known,
            List<Learned> recorded,
            Optional<Prepared> prepared,
            Optional<Checkpoint> writing) {

        Trainer {
            recorded = List.copyOf(recorded);
        }

        boolean isAlive() {
            return stage == Stage.RUNNING || stage == Stage.STOPPED;
        }

        Trainer ended(Stage stage) {
            return new Trainer(number, stage, Checkpoint.START, -1, List.of(), Optional.empty(), Optional.empty());
        }

        Trainer preparing(Prepared next) {
            return new Trainer(number, stage, at, known, recorded, Optional.of(next), writing);
        }

        Trainer stopped() {
            return new Trainer(number, Stage.STOPPED, at, known, List.of(), prepared, writing);
        }

        Trainer writing(Optional<Checkpoint> checkpoint) {
            return new Trainer(number, stage, at, known, recorded, prepared, checkpoint);
        }
    }

    Run with(Trainer next) {
        List<Trainer> more = new ArrayList<>(trainers);
        if (next.number() < more.size()) {
            more.set(next.number(), next);
        } else {
            more.add(next);
        }
        return new Run(journal, forced, checkpoints, more, wentBack);
    }

    Run with(Line line) {
        List<Line> more = new ArrayList<>(journal);
        more.add(line);
        return new Run(more, forced, checkpoints, trainers, wentBack);
    }

    Run force() {
        return new Run(journal, journal.size(), checkpoints, trainers, wentBack);
    }

    Run with(Checkpoint checkpoint) {
        List<Checkpoint> more = new ArrayList<>(checkpoints.stream()
                .filter(other -> other.step() != checkpoint.step())
                .toList());
        more.add(checkpoint);
        more.sort((one, other) -> Long.compare(one.step(), other.step()));
        return new Run(
                journal, forced, more.subList(Math.max(0, more.size() - RETAINED), more.size()), trainers, wentBack);
    }

    Run without(List<Checkpoint> undone) {
        return new Run(
                journal,
                forced,
                checkpoints.stream().filter(one -> !undone.contains(one)).toList(),
                trainers,
                wentBack);
    }

    /** What a power cut leaves. */
    Run afterPowerCut() {
        return new Run(
                journal.subList(0, forced),
                forced,
                checkpoints,
                trainers.stream()
                        .map(one -> one.isAlive() ? one.ended(Stage.ENDED) : one)
                        .toList(),
                wentBack);
    }

    Run goneBack() {
        return new Run(journal, forced, checkpoints, trainers, true);
    }

    /** {@code JournalTail.valid}: the lines of the steps after a checkpoint that nothing has made void. */
    static List<Learned> valid(List<Line> journal, Checkpoint from) {
        List<Learned> valid = new ArrayList<>();
        for (Line line : journal.subList(from.journal(), journal.size())) {
            switch (line) {
                case Learned learned -> valid.add(learned);
                case Taken taken -> {
                    int kept = Math.clamp(taken.afterStep() - from.step(), 0, valid.size());
                    valid.subList(kept, valid.size()).clear();
                }
            }
        }
        return valid;
    }

    /** {@code JournalTail.undone}: whether the run went back to before a checkpoint after that had been taken. */
    boolean isUndone(Checkpoint checkpoint) {
        return journal.subList(Math.min(checkpoint.journal(), journal.size()), journal.size()).stream()
                .anyMatch(line -> line instanceof Taken taken && taken.afterStep() < checkpoint.step());
    }
}
