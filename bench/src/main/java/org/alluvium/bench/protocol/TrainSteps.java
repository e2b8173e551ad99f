package org.alluvium.bench.protocol;

import static org.alluvium.bench.protocol.State.calm;
import static org.alluvium.bench.protocol.State.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.alluvium.bench.protocol.Model.Step;
import org.alluvium.bench.protocol.Run.Checkpoint;
import org.alluvium.bench.protocol.Run.Learned;
import org.alluvium.bench.protocol.Run.Prepared;
import org.alluvium.bench.protocol.Run.Stage;
import org.alluvium.bench.protocol.Run.Taken;
import org.alluvium.bench.protocol.Run.Trainer;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.takedown.TakenOut;

/**
 * What the trainer's processes may do. A window is one document and a step is one window, so that the order of training is the
 * log's. The order of their acts is that of {@code TrainingRun}, {@code Journal.record}, {@code Checkpointer}, {@code Resume} and
 * {@code GoingBack}.
 */
final class TrainSteps {

    private final Bounds bounds;
    private final Set<Mutation> lacking;

    TrainSteps(Bounds bounds, Set<Mutation> lacking) {
        this.bounds = bounds;
        this.lacking = lacking;
    }

    void add(State state, List<Step<State>> steps) {
        if (!bounds.trainer()) {
            return;
        }
        begin(state, steps);
        if (state.faults() > 0 && state.run().trainers().stream().anyMatch(Trainer::isAlive)) {
            steps.add(fault(
                    "the power of the trainer's machine is cut",
                    state.with(state.run().afterPowerCut())));
        }
        for (Trainer trainer : state.run().trainers()) {
            if (trainer.isAlive()) {
                act(state, trainer, steps);
            }
        }
    }

    private boolean lacks(Mutation mutation) {
        return lacking.contains(mutation);
    }

    private void begin(State state, List<Step<State>> steps) {
        int number = state.run().trainers().size();
        boolean locked = state.run().trainers().stream().anyMatch(Trainer::isAlive);
        if (!locked) {
            steps.add(calm("trainer " + number + " begins", resume(state, number)));
            goBack(state, steps);
        } else if (lacks(Mutation.NO_LOCK) && state.faults() > 0) {
            steps.add(fault("trainer " + number + " begins beside another", resume(state, number)));
        }
    }

    /** {@code GoingBack.to}. */
    private void goBack(State state, List<Step<State>> steps) {
        long through = state.log().takedowns().newestTakedown();
        if (!bounds.goesBack() || state.run().wentBack() || through < 0) {
            return;
        }
        for (Checkpoint checkpoint : state.run().checkpoints()) {
            if (!state.run().isUndone(checkpoint)) {
                steps.add(calm(
                        "the run is told to go back to step " + checkpoint.step(),
                        state.with(state.run()
                                .with(new Taken(checkpoint.step(), through))
                                .force()
                                .goneBack())));
            }
        }
    }

    /** {@code Resume.find} and {@code TrainSession.goOn}. */
    private State resume(State state, int number) {
        Run run = state.run();
        List<Checkpoint> undone = new ArrayList<>();
        Optional<Checkpoint> found = Optional.empty();
        for (Checkpoint checkpoint : run.checkpoints().reversed()) {
            if (found.isEmpty() && run.isUndone(checkpoint) && !lacks(Mutation.UNDONE_CHECKPOINT_TAKEN)) {
                undone.add(checkpoint);
            } else if (found.isEmpty()) {
                found = Optional.of(checkpoint);
            }
        }
        Checkpoint from = found.orElse(Checkpoint.START);
        long known = state.log().takedowns().newestTakedown();
        if (from.journal() > run.journal().size()) {
            return state.with(
                    new Trainer(number, Stage.BROKEN, from, known, List.of(), Optional.empty(), Optional.empty()));
        }
        List<Learned> recorded = lacks(Mutation.VOID_LINES_COUNT)
                ? run.journal().subList(from.journal(), run.journal().size()).stream()
                        .filter(Learned.class::isInstance)
                        .map(Learned.class::cast)
                        .toList()
                : Run.valid(run.journal(), from);
        if (lacks(Mutation.STEP_OF_JOURNAL) && !recorded.isEmpty()) {
            from = new Checkpoint(
                    from.step() + recorded.size(),
                    from.position() + recorded.size(),
                    run.journal().size(),
                    from.weights());
            recorded = List.of();
        }
        return state.with(run.without(undone))
                .with(new Trainer(number, Stage.RUNNING, from, known, recorded, Optional.empty(), Optional.empty()));
    }

    private void act(State state, Trainer trainer, List<Step<State>> steps) {
        String name = "trainer " + trainer.number();
        if (state.faults() > 0) {
            steps.add(fault(name + " is killed", state.with(trainer.ended(Stage.ENDED))));
        }
        if (trainer.stage() == Stage.STOPPED) {
            steps.add(calm(name + " takes a checkpoint and goes on", goOn(state, trainer)));
            return;
        }
        if (trainer.prepared().isEmpty()) {
            prepare(state, trainer)
                    .ifPresent(next -> steps.add(
                            calm(name + " prepares record " + next.record(), state.with(trainer.preparing(next)))));
        } else {
            step(state, trainer, trainer.prepared().get(), name, steps);
        }
        save(state, trainer, name, steps);
    }

    /** {@code TrainingOrder}: the next row that is not passed over, as its file is now. */
    private static Optional<Prepared> prepare(State state, Trainer trainer) {
        TakenOut out = takenOut(state.log(), trainer.known());
        int at = 0;
        for (LogEntry.Commit commit : state.log().commits()) {
            for (ShardFile shard : commit.shards()) {
                String path = state.log().takedowns().current(shard).path();
                for (int record : state.files().at(path).rows()) {
                    at++;
                    if (at > trainer.at().position() && record != Files.HOLE && !Records.has(out, record)) {
                        return Optional.of(new Prepared(at, record, commit.sequence(), trainer.known()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static TakenOut takenOut(Log log, long known) {
        return TakenOut.of(log.takedowns().all().stream()
                .filter(taken -> taken.sequence() <= known)
                .toList());
    }

    /** {@code TrainingRun.takeSteps}: a takedown that was passed on the way is known, any other may have been heard of. */
    private void step(State state, Trainer trainer, Prepared next, String name, List<Step<State>> steps) {
        boolean passed = state.log().takedowns().all().stream()
                .anyMatch(taken -> taken.sequence() > trainer.known() && taken.sequence() < next.entry());
        long newest = state.log().takedowns().newestTakedown();
        if (newest > trainer.known()) {
            steps.add(calm(
                    name + " hears of takedown " + newest,
                    state.with(state.run()
                                    .with(new Taken(trainer.at().step(), newest))
                                    .force())
                            .with(trainer.stopped())));
        }
        if (!passed || lacks(Mutation.TAKEDOWN_NOT_HEARD_ON_THE_WAY)) {
            learn(state, trainer, next, name, steps);
        }
    }

    private void learn(State state, Trainer trainer, Prepared next, String name, List<Step<State>> steps) {
        long step = trainer.at().step() + 1;
        List<Integer> weights = new ArrayList<>(trainer.at().weights());
        weights.add(next.record());
        Learned line = new Learned(step, next.record(), next.entry(), trainer.known());
        Run run = state.run();
        List<Learned> recorded = trainer.recorded();
        int journal;
        if (!recorded.isEmpty() && recorded.getFirst().agrees(line) && !lacks(Mutation.LINES_NOT_COMPARED)) {
            journal = run.journal().lastIndexOf(recorded.getFirst()) + 1;
            recorded = recorded.subList(1, recorded.size());
        } else if (recorded.isEmpty() || lacks(Mutation.LINES_NOT_COMPARED)) {
            run = run.with(line);
            journal = run.journal().size();
            recorded = List.of();
        } else if (mayHavePassed(state, trainer, recorded.getFirst().record())) {
            if (!lacks(Mutation.TAKEDOWN_LINE_MISSING)) {
                run = run.with(new Taken(step - 1, trainer.known())).force();
            }
            run = run.with(line);
            journal = run.journal().size();
            recorded = List.of();
        } else {
            steps.add(calm(
                    name + " takes step " + step + " again, and it comes out differently",
                    state.with(trainer.ended(Stage.BROKEN))));
            return;
        }
        Checkpoint at = new Checkpoint(step, next.after(), journal, List.copyOf(weights));
        if (lacks(Mutation.CHECKPOINT_BEFORE_LINE) && state.faults() > 0) {
            steps.add(fault(
                    name + " publishes the checkpoint of step " + step + " and is killed before its line is written",
                    state.with(state.run().with(at)).with(trainer.ended(Stage.ENDED))));
        }
        steps.add(calm(
                name + " learns record " + next.record() + " in step " + step,
                state.with(run)
                        .with(new Trainer(
                                trainer.number(),
                                Stage.RUNNING,
                                at,
                                trainer.known(),
                                recorded,
                                Optional.empty(),
                                trainer.writing()))));
    }

    /** {@code TakenDocuments.mayHavePassed}: it is known to be out, or its file has holes. */
    private static boolean mayHavePassed(State state, Trainer trainer, int record) {
        return Records.has(takenOut(state.log(), trainer.known()), record)
                || state.log().commits().stream()
                        .flatMap(commit -> commit.shards().stream())
                        .map(shard -> state.log().takedowns().current(shard).path())
                        .anyMatch(path -> state.files().at(path).rows().contains(Files.HOLE));
    }

    /** {@code TrainingRun.stopAtTakedown}, and the session going on from there. */
    private State goOn(State state, Trainer trainer) {
        Checkpoint at = trainer.at();
        int journal = state.run().journal().size();
        Checkpoint saved = new Checkpoint(at.step(), at.position(), journal, at.weights());
        return state.with(state.run().force().with(saved))
                .with(new Trainer(
                        trainer.number(),
                        Stage.RUNNING,
                        saved,
                        state.log().takedowns().newestTakedown(),
                        List.of(),
                        lacks(Mutation.PREPARED_STEP_TAKEN) ? trainer.prepared() : Optional.empty(),
                        Optional.empty()));
    }

    /** {@code Checkpointer}: captured between two steps, published later. */
    private void save(State state, Trainer trainer, String name, List<Step<State>> steps) {
        if (trainer.writing().isPresent()) {
            Checkpoint checkpoint = trainer.writing().get();
            Run forced = lacks(Mutation.JOURNAL_NOT_FORCED)
                    ? state.run()
                    : state.run().force();
            steps.add(calm(
                    name + " publishes the checkpoint of step " + checkpoint.step(),
                    state.with(forced.with(checkpoint)).with(trainer.writing(Optional.empty()))));
        } else if (trainer.at().step() > 0 && !state.run().checkpoints().contains(trainer.at())) {
            steps.add(calm(
                    name + " begins the checkpoint of step " + trainer.at().step(),
                    state.with(trainer.writing(Optional.of(trainer.at())))));
        }
    }
}
