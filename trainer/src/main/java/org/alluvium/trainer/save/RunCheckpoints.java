package org.alluvium.trainer.save;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.alluvium.trainer.checkpoint.CheckpointKind;
import org.alluvium.trainer.checkpoint.CheckpointState;
import org.alluvium.trainer.checkpoint.RunPosition;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.optim.Schedule;

/**
 * Takes the checkpoints of a run when they are due. One that is due while another is being written is taken as soon as that
 * one is done; a permanent one stays permanent then. Used by the training thread.
 */
public final class RunCheckpoints implements AutoCloseable {

    private final Checkpointer checkpointer;
    private final CheckpointPolicy policy;
    private final Facts facts;
    private final Time time;
    private long lastBegun;
    private Duration lastStall = Duration.ZERO;
    private boolean permanentOwed;

    /** What does not change from one checkpoint of a process to the next. */
    public record Facts(BatchPlan plan, Supplier<CheckpointState.Identity> identity, Schedule schedule) {}

    /**
     * What tells the time.
     *
     * @param clock dates checkpoints
     * @param nanoTime decides when one is due
     */
    public record Time(InstantSource clock, LongSupplier nanoTime) {}

    public RunCheckpoints(Checkpointer checkpointer, CheckpointPolicy policy, Facts facts, Time time) {
        this.checkpointer = checkpointer;
        this.policy = policy;
        this.facts = facts;
        this.time = time;
        this.lastBegun = time.nanoTime().getAsLong();
    }

    /** Takes a checkpoint after a step, if one is due. */
    public void afterStep(TrainableModel model, RunPosition position) {
        Duration since = Duration.ofNanos(time.nanoTime().getAsLong() - lastBegun);
        Optional<CheckpointKind> due = policy.due(position.step(), since, lastStall, permanentOwed);
        if (due.isEmpty()) {
            return;
        }
        if (checkpointer.isWriting()) {
            permanentOwed = due.get() == CheckpointKind.PERMANENT;
            return;
        }
        begin(model, position, due.get());
    }

    /**
     * Writes a last checkpoint, unless there is one of this step, and waits for it.
     *
     * @throws org.alluvium.contracts.error.AlluviumException if it cannot be written
     */
    public void atEnd(TrainableModel model, RunPosition position, CheckpointKind kind) {
        checkpointer.awaitIdle();
        if (checkpointer.publishedStep() != position.step()) {
            begin(model, position, kind);
            checkpointer.finish();
        }
    }

    /** Waits until nothing is being written, whatever became of it. */
    @Override
    public void close() {
        checkpointer.close();
    }

    private void begin(TrainableModel model, RunPosition position, CheckpointKind kind) {
        lastStall = checkpointer.begin(
                model,
                new CheckpointState(
                        CheckpointState.VERSION,
                        kind,
                        position.progress(),
                        position.cursor(),
                        facts.plan(),
                        facts.identity().get(),
                        facts.schedule().phase(position.step()),
                        facts.schedule().learningRate(position.step()),
                        time.clock().instant()),
                position.guard().whenTaken(position.step()),
                position.prequential(),
                position.consumed());
        lastBegun = time.nanoTime().getAsLong();
        permanentOwed = false;
    }
}
