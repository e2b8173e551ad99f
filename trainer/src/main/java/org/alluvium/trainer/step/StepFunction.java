package org.alluvium.trainer.step;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.alluvium.trainer.data.PieceLoss;
import org.alluvium.trainer.data.StepBatch;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.StepPart;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.optim.Schedule;

/**
 * One optimizer step in two halves: the gradient of the mean loss over all targets of all micro-batches, then the update, if
 * it is to be made. Depends on the batch, the step's number and the model's state alone. Used by one thread.
 */
public final class StepFunction {

    private final TrainableModel model;
    private final Schedule schedule;
    private final PartClock clock;
    private float[] microLosses = new float[0]; // (B,T)
    private float[] tokenLosses = new float[0]; // of all micro-batches

    /** @param nanoTime measures the parts of steps, and decides nothing */
    public StepFunction(TrainableModel model, Schedule schedule, LongSupplier nanoTime) {
        this.model = model;
        this.schedule = schedule;
        this.clock = new PartClock(nanoTime);
        model.tellParts(clock::over);
    }

    /** Takes a step, whatever it looks like. */
    public StepResult take(long step, StepBatch batch) {
        StepResult result = look(step, batch);
        update(step);
        return result;
    }

    /**
     * The first half: runs forward and backward, and leaves the weights as they are.
     *
     * @param step from 1
     */
    public StepResult look(long step, StepBatch batch) {
        int scored = batch.scoredTokens();
        float scale = scored == 0 ? 0 : (float) (1.0 / scored);
        double lossSum = 0;
        int from = 0;
        clock.reset();
        for (Batch micro : batch.batches()) {
            int tokens = micro.rows() * micro.context();
            microLosses = ofLength(tokens, microLosses);
            tokenLosses = ofLength(tokens * batch.batches().size(), tokenLosses);
            lossSum += model.accumulateGradients(micro, scale, microLosses);
            clock.over(StepPart.BACKWARD);
            System.arraycopy(microLosses, 0, tokenLosses, from, tokens);
            from += tokens;
        }
        double gradNorm = model.gradientNorm();
        clock.over(StepPart.UPDATE);
        double loss = scored == 0 ? 0 : lossSum / scored;
        List<PieceLoss> pieces = PieceLoss.of(batch.pieces(), tokenLosses);
        return new StepResult(step, loss, lossSum, schedule.learningRate(step), gradNorm, pieces);
    }

    /** The second half: learns from what the first has seen. */
    public void update(long step) {
        clock.start();
        model.update(schedule.update(step));
        clock.over(StepPart.UPDATE);
    }

    /** Instead of the second half: forgets what the first has seen. */
    public void discard() {
        model.discardGradients();
    }

    /** What was lost on each position of the last step (accumulate * B * T), in nats and before the update; 0 where no target is. */
    public float[] tokenLosses() {
        return tokenLosses.clone();
    }

    /** Nanoseconds that the parts of the last step took; empty where what computes cannot tell them apart. */
    public Map<StepPart, Long> partNanos() {
        return clock.nanos();
    }

    private static float[] ofLength(int length, float[] present) {
        return present.length == length ? present : new float[length];
    }
}
