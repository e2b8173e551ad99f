package org.alluvium.trainer.loop;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.alluvium.contracts.error.DataException;
import org.alluvium.trainer.checkpoint.CheckpointKind;
import org.alluvium.trainer.checkpoint.RunPosition;
import org.alluvium.trainer.data.StepBatch;
import org.alluvium.trainer.eval.Evaluator;
import org.alluvium.trainer.eval.PrequentialMeter;
import org.alluvium.trainer.event.TrainEvents;
import org.alluvium.trainer.model.TrainableModel;

/**
 * The loop: wait for data, take a step, write it down, tell, and now and then look up (evaluate, save). Used by one thread.
 *
 * <p>The order within a step is what makes it exactly once. The journal has the step before anything else speaks of it, and a
 * checkpoint is only taken of steps that the journal has. A kill between two of these leaves a journal that is ahead of the
 * checkpoint, never behind.
 */
final class TrainingRun {

    private final Parts parts;
    private final StopSignal stop;
    private final long lastStep;
    private final LongSupplier nanoTime;
    private RunPosition position;

    /** Who does what. */
    record Parts(
            TrainableModel model,
            StepFunction function,
            StepSource source,
            Journal journal,
            StepMeter meter,
            FreshnessMeter freshness,
            RunCheckpoints checkpoints,
            PrequentialMeter prequential,
            Evaluator evaluator,
            TrainEvents events) {}

    /** Why a run ended. */
    enum End {
        STEPS_REACHED("train.steps reached"),
        CORPUS_COMPLETE("corpus complete: every document was trained on"),
        STOPPED("stopped on request");

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
        parts.freshness().report(position.step());
        if (end != End.STOPPED && position.step() > began) {
            parts.evaluator().atEnd(position.step());
        }
        parts.checkpoints()
                .atEnd(
                        parts.model(),
                        position,
                        end == End.STOPPED ? CheckpointKind.TEMPORARY : CheckpointKind.PERMANENT);
        return end;
    }

    /** Updates made so far. */
    long step() {
        return position.step();
    }

    private End takeSteps() throws InterruptedException {
        while (!stop.isRequested()) {
            if (lastStep > 0 && position.step() >= lastStep) {
                return End.STEPS_REACHED;
            }
            Optional<StepBatch> batch = parts.source().next(stop);
            if (batch.isEmpty()) {
                return stop.isRequested() ? End.STOPPED : End.CORPUS_COMPLETE;
            }
            takeStep(batch.get());
        }
        return End.STOPPED;
    }

    private void takeStep(StepBatch batch) {
        long started = nanoTime.getAsLong();
        StepResult result = parts.function().take(position.step() + 1, batch);
        long stepNanos = nanoTime.getAsLong() - started;
        requireFinite(result);
        boolean takenBefore = parts.journal().replaying();
        parts.journal().record(JournalLine.of(batch, result));
        position = new RunPosition(
                position.progress()
                        .plus(batch.tokens(), batch.textBytes(), parts.journal().position()),
                batch.after());
        StepMeter.Times times = new StepMeter.Times(parts.source().waitNanos(), stepNanos);
        parts.events().stepped(parts.meter().measure(batch, result, position.progress(), times));
        if (!takenBefore) {
            parts.freshness().stepped(position.step(), batch);
        }
        parts.prequential().stepped(position.step(), result.pieces());
        parts.evaluator().afterStep(position.step());
        parts.checkpoints().afterStep(parts.model(), position);
    }

    private static void requireFinite(StepResult result) {
        if (!Double.isFinite(result.loss()) || !Double.isFinite(result.gradNorm())) {
            throw new DataException(
                    "training has diverged: the loss is " + result.loss() + " and the gradient's norm "
                            + result.gradNorm(),
                    "step " + result.step(),
                    "Lower train.optimizer.learningRate or lengthen its warmup, and begin a new run");
        }
    }
}
