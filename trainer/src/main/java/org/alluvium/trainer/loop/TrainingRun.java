package org.alluvium.trainer.loop;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.alluvium.trainer.checkpoint.CheckpointKind;
import org.alluvium.trainer.checkpoint.RunPosition;
import org.alluvium.trainer.data.StepBatch;
import org.alluvium.trainer.eval.Evaluator;
import org.alluvium.trainer.eval.PrequentialMeter;
import org.alluvium.trainer.event.TrainEvents;
import org.alluvium.trainer.guard.BlamedDocument;
import org.alluvium.trainer.guard.LeftOut;
import org.alluvium.trainer.guard.Verdict;
import org.alluvium.trainer.journal.Journal;
import org.alluvium.trainer.journal.JournalLine;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.probe.CheckpointProbes;
import org.alluvium.trainer.save.RunCheckpoints;
import org.alluvium.trainer.step.FreshnessMeter;
import org.alluvium.trainer.step.GuardedStep;
import org.alluvium.trainer.step.StepMeter;
import org.alluvium.trainer.step.StepResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop: wait for data, take a step unless the guard says no, write it down, tell, and now and then look up (evaluate,
 * save). Used by one thread.
 *
 * <p>The order within a step is what makes it exactly once. The journal has the step before anything else speaks of it, and a
 * checkpoint is only taken of steps that the journal has. A kill between two of these leaves a journal that is ahead of the
 * checkpoint, never behind. That the run goes back is a line of the journal, too; whoever goes on finds it there.
 */
final class TrainingRun {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

    private final Parts parts;
    private final StopSignal stop;
    private final long lastStep;
    private final LongSupplier nanoTime;
    private RunPosition position;
    private long asideNanos; // since the step before

    /** Who does what. */
    record Parts(
            TrainableModel model,
            GuardedStep steps,
            StepSource source,
            Journal journal,
            StepMeter meter,
            FreshnessMeter freshness,
            RunCheckpoints checkpoints,
            PrequentialMeter prequential,
            Evaluator evaluator,
            CheckpointProbes probes,
            TakedownAlarm takedowns,
            TrainEvents events) {}

    /** Says whether documents were taken down that this process does not pass over yet. */
    @FunctionalInterface
    interface TakedownAlarm {

        /** Sequence of the newest takedown, if this process does not know it yet. */
        OptionalLong unknown();
    }

    /** Why a run ended. */
    enum End {
        STEPS_REACHED("train.steps reached"),
        CORPUS_COMPLETE("corpus complete: every document was trained on"),
        STOPPED("stopped on request"),
        REWOUND("the run goes back to an earlier step"),
        TAKEN_DOWN("documents were taken down");

        private final String words;

        End(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * @param start where the run goes on; model, source and journal stand there, too
     * @param lastStep after which the run is complete, or 0
     */
    TrainingRun(Parts parts, RunPosition start, StopSignal stop, long lastStep, LongSupplier nanoTime) {
        this.parts = parts;
        this.position = start;
        this.stop = stop;
        this.lastStep = lastStep;
        this.nanoTime = nanoTime;
    }

    /**
     * Trains until the last step, the end of the corpus or a request to stop, and leaves a checkpoint.
     *
     * @throws org.alluvium.contracts.error.AlluviumException if training cannot go on; checkpoints taken before stay
     */
    End run() throws InterruptedException {
        if (position.step() == 0) {
            parts.evaluator().atStart();
        }
        long began = position.step();
        End end = takeSteps();
        if (end == End.REWOUND) {
            return end;
        }
        if (end == End.TAKEN_DOWN) {
            stopAtTakedown();
            return end;
        }
        parts.freshness().report(position.step());
        if (end != End.STOPPED && position.step() > began) {
            parts.evaluator().atEnd(position.step());
        }
        parts.checkpoints()
                .atEnd(
                        parts.model(),
                        position,
                        end == End.STOPPED ? CheckpointKind.TEMPORARY : CheckpointKind.PERMANENT);
        if (end != End.STOPPED) { // whoever stops a run does not want to wait; the next process does what is owed
            parts.probes().atEnd();
        }
        return end;
    }

    /**
     * What was learned before the takedown stays learned, whatever is killed now: the checkpoint holds it, and who goes on from
     * there passes over what was taken down.
     */
    private void stopAtTakedown() {
        long through = parts.takedowns().unknown().orElseThrow();
        LOG.info("After step {} the run goes on without what takedown {} selects", position.step(), through);
        parts.journal().recordTakedown(through);
        parts.checkpoints().atEnd(parts.model(), position, CheckpointKind.TEMPORARY);
        parts.events().takenDown(position.step(), through);
    }

    /** Updates made so far. */
    long step() {
        return position.step();
    }

    private End takeSteps() throws InterruptedException {
        while (!stop.isRequested()) {
            if (isComplete()) {
                return End.STEPS_REACHED;
            }
            Optional<StepBatch> batch = parts.source().next(stop);
            if (parts.takedowns().unknown().isPresent()) {
                return End.TAKEN_DOWN; // the batch was made without knowing
            }
            if (batch.isEmpty()) {
                return stop.isRequested() ? End.STOPPED : End.CORPUS_COMPLETE;
            }
            if (!takeStep(batch.get())) {
                return End.REWOUND;
            }
            lookUp();
        }
        return End.STOPPED;
    }

    private void lookUp() {
        long started = nanoTime.getAsLong();
        parts.evaluator().afterStep(position.step());
        // Of a complete run the last checkpoint follows the last evaluation, so that a kill between them loses neither.
        if (!isComplete()) {
            parts.checkpoints().afterStep(parts.model(), position);
        }
        parts.probes().goOn();
        asideNanos = nanoTime.getAsLong() - started;
    }

    private boolean isComplete() {
        return lastStep > 0 && position.step() >= lastStep;
    }

    /** False if the run goes back. */
    private boolean takeStep(StepBatch batch) {
        long started = nanoTime.getAsLong();
        long step = position.step() + 1;
        GuardedStep.Taken taken = parts.steps().take(step, batch, position.guard());
        StepResult result = taken.result();
        Verdict verdict = taken.verdict();
        long stepNanos = nanoTime.getAsLong() - started;
        boolean takenBefore = parts.journal().takenBefore();
        JournalLine line = JournalLine.of(batch, result, verdict);
        if (!parts.journal().record(line)) {
            LOG.info("Step {} had learned from what is taken down, and is taken again without", step);
            return false;
        }
        position = new RunPosition(
                position.progress()
                        .plus(batch.tokens(), batch.textBytes(), parts.journal().position()),
                batch.after(),
                taken.next(),
                verdict.updates()
                        ? parts.prequential().stepped(step, position.prequential(), result.pieces())
                        : position.prequential(),
                position.consumed().plus(line.consumed()));
        if (verdict instanceof Verdict.Rewound rewound) {
            parts.journal().record(rewound.rewind());
        }
        StepMeter.Times times = new StepMeter.Times(
                parts.source().waitNanos(), stepNanos, asideNanos, parts.steps().partNanos());
        parts.events().stepped(parts.meter().measure(batch, result, position.progress(), times));
        tell(verdict, result);
        if (!takenBefore) {
            parts.freshness().stepped(position.step(), batch);
        }
        return !(verdict instanceof Verdict.Rewound);
    }

    private void tell(Verdict verdict, StepResult result) {
        TrainEvents events = parts.events();
        switch (verdict) {
            case Verdict.Skipped(String reason, List<BlamedDocument> documents) -> {
                LOG.warn("Step {} is skipped: {}", result.step(), reason);
                events.spiked(result.step(), reason, "skipped", documents);
            }
            case Verdict.Rewound(LeftOut.Rewind rewind) -> {
                LOG.warn(
                        "The run goes back to step {} and leaves out {} documents: {}",
                        rewind.afterStep(),
                        rewind.documents().size(),
                        rewind.reason());
                events.rewound(rewind);
            }
            case Verdict.Yielded(String reason) -> {
                LOG.warn("Step {} is taken for what the corpus is like from now on: {}", result.step(), reason);
                events.spiked(result.step(), reason, "accepted", List.of());
            }
            case Verdict.Calm _, Verdict.Diverged _ -> {
                // nothing to say, and said by the error
            }
        }
    }
}
