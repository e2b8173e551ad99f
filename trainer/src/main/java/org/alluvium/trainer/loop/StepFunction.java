package org.alluvium.trainer.loop;

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
    private float[] tokenLosses = new float[0];

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
        for (Batch micro : batch.batches()) {
            lossSum += model.accumulateGradients(micro, scale, lossesFor(micro));
        }
        double gradNorm = model.gradientNorm();
        Update update = schedule.update(step);
        model.update(update);
        double loss = scored == 0 ? 0 : lossSum / scored;
        return new StepResult(step, loss, lossSum, update.adamW().learningRate(), gradNorm);
    }

    private float[] lossesFor(Batch batch) {
        int tokens = batch.rows() * batch.context();
        if (tokenLosses.length != tokens) {
            tokenLosses = new float[tokens];
        }
        return tokenLosses;
    }
}
