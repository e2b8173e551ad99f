package org.alluvium.trainer.loop;

import java.util.List;
import org.alluvium.trainer.data.PieceLoss;
import org.alluvium.trainer.data.StepBatch;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.optim.Schedule;
import org.alluvium.trainer.optim.Update;

/**
 * One optimizer step: the gradient of the mean loss over all targets of all micro-batches, then one update. Depends on the
 * batch, the step's number and the model's state alone. Used by one thread.
 */
public final class StepFunction {

    private final TrainableModel model;
    private final Schedule schedule;
    private float[] microLosses = new float[0]; // (B,T)
    private float[] tokenLosses = new float[0]; // of all micro-batches

    public StepFunction(TrainableModel model, Schedule schedule) {
        this.model = model;
        this.schedule = schedule;
    }

    /**
     * Takes a step.
     *
     * @param step from 1
     */
    public StepResult take(long step, StepBatch batch) {
        int scored = batch.scoredTokens();
        float scale = scored == 0 ? 0 : (float) (1.0 / scored);
        double lossSum = 0;
        int from = 0;
        for (Batch micro : batch.batches()) {
            int tokens = micro.rows() * micro.context();
            microLosses = ofLength(tokens, microLosses);
            tokenLosses = ofLength(tokens * batch.batches().size(), tokenLosses);
            lossSum += model.accumulateGradients(micro, scale, microLosses);
            System.arraycopy(microLosses, 0, tokenLosses, from, tokens);
            from += tokens;
        }
        double gradNorm = model.gradientNorm();
        Update update = schedule.update(step);
        model.update(update);
        double loss = scored == 0 ? 0 : lossSum / scored;
        List<PieceLoss> pieces = PieceLoss.of(batch.pieces(), tokenLosses);
        return new StepResult(step, loss, lossSum, update.adamW().learningRate(), gradNorm, pieces);
    }

    private static float[] ofLength(int length, float[] present) {
        return present.length == length ? present : new float[length];
    }
}
