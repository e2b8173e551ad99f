package org.alluvium.trainer.step;

import java.util.Map;
import org.alluvium.contracts.error.DataException;
import org.alluvium.trainer.data.StepBatch;
import org.alluvium.trainer.guard.GuardState;
import org.alluvium.trainer.guard.Observation;
import org.alluvium.trainer.guard.SpikeGuard;
import org.alluvium.trainer.guard.Verdict;
import org.alluvium.trainer.model.StepPart;

/**
 * A step as the guard lets it be taken: the model looks at its batch, the guard judges what came of it, and the model learns from it or
 * forgets it. Depends on the batch, the step's number and the states of model and guard alone. Used by one thread.
 */
public final class GuardedStep {

    private final StepFunction function;
    private final SpikeGuard guard;

    public GuardedStep(StepFunction function, SpikeGuard guard) {
        this.function = function;
        this.guard = guard;
    }

    /**
     * A step that was taken.
     *
     * @param result before the update
     * @param verdict which was carried out
     * @param next what the guard remembers now
     */
    public record Taken(StepResult result, Verdict verdict, GuardState next) {}

    /**
     * Takes a step.
     *
     * @param step from 1
     * @param before what the guard remembers
     * @throws DataException if there is nothing that training could go on with
     */
    public Taken take(long step, StepBatch batch, GuardState before) {
        StepResult result = function.look(step, batch);
        SpikeGuard.Judgement judgement =
                guard.judge(before, new Observation(step, result.loss(), result.gradNorm(), result.pieces()));
        carryOut(judgement.verdict(), step);
        return new Taken(result, judgement.verdict(), judgement.next());
    }

    private void carryOut(Verdict verdict, long step) {
        if (verdict instanceof Verdict.Diverged(String reason)) {
            throw new DataException(
                    "training has diverged: " + reason,
                    "step " + step,
                    "Lower train.optimizer.learningRate or lengthen its warmup, and begin a new run");
        }
        if (verdict.updates()) {
            function.update(step);
        } else {
            function.discard();
        }
    }

    /** As {@link StepFunction#partNanos}. */
    public Map<StepPart, Long> partNanos() {
        return function.partNanos();
    }
}
