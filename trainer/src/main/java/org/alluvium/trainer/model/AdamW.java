package org.alluvium.trainer.model;

import org.alluvium.trainer.backend.AdamWCoefficients;

/**
 * The optimizer's arithmetic: AdamW (Loshchilov and Hutter, arXiv 1711.05101), decoupled weight decay, with bias
 * correction.
 */
public final class AdamW {

    private AdamW() {}

    /**
     * What one update needs to know.
     *
     * @param number 1 for the first update; decides the bias correction
     * @param learningRate after the schedule
     * @param beta1 decay rate of the first moment
     * @param beta2 decay rate of the second moment
     * @param epsilon added to the root of the second moment
     * @param weightDecay decoupled, scaled by the learning rate, for decayed parameters only
     * @param gradientClip largest global norm, or 0 for none
     */
    public record Step(
            long number,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            double gradientClip) {

        AdamWCoefficients coefficients(boolean decayed) {
            return new AdamWCoefficients(
                    beta1,
                    beta2,
                    epsilon,
                    decayed ? 1 - learningRate * weightDecay : 1,
                    learningRate / (1 - StrictMath.pow(beta1, (double) number)),
                    1 / Math.sqrt(1 - StrictMath.pow(beta2, (double) number)),
                    gradientClip);
        }
    }
}
