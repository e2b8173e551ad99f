package org.alluvium.trainer.optim;

import org.alluvium.trainer.backend.AdamWCoefficients;

/**
 * AdamW (Loshchilov and Hutter, arXiv 1711.05101) in one update: decoupled weight decay, with bias correction.
 *
 * @param learningRate after the schedule
 * @param beta1 decay rate of the first moment
 * @param beta2 decay rate of the second moment
 * @param epsilon added to the root of the second moment
 * @param weightDecay decoupled, scaled by the learning rate, for decayed parameters only
 */
public record AdamW(double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {

    /** The numbers a kernel needs for an update, for parameters that decay or not. */
    public AdamWCoefficients coefficients(Update update, boolean decayed) {
        return new AdamWCoefficients(
                beta1,
                beta2,
                epsilon,
                decayed ? 1 - learningRate * weightDecay : 1,
                learningRate / (1 - StrictMath.pow(beta1, (double) update.number())),
                1 / Math.sqrt(1 - StrictMath.pow(beta2, (double) update.number())),
                update.cautiousDecay(),
                update.gradientClip());
    }
}
