package org.alluvium.trainer.optim;

import org.alluvium.contracts.config.MuonConfig;
import org.alluvium.trainer.backend.MuonCoefficients;

/**
 * Muon (Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024) in one update: momentum, made
 * orthogonal by iterations of Newton and Schulz, with decoupled weight decay (Liu et al., arXiv 2502.16982). We iterate in
 * single precision, not in BF16, and clip gradients as for AdamW.
 *
 * @param learningRate after the schedule
 * @param momentum after its schedule
 * @param nesterov whether the update looks ahead by one step of the momentum
 * @param iterations of Newton and Schulz
 * @param weightDecay decoupled, scaled by the learning rate
 */
public record Muon(double learningRate, double momentum, boolean nesterov, int iterations, double weightDecay) {

    private static final double RMS_OF_ADAMW = 0.2; // of AdamW's updates in practice, says arXiv 2502.16982

    /** The numbers a kernel needs for an update. */
    public MuonCoefficients coefficients(Update update) {
        return new MuonCoefficients(
                momentum,
                nesterov,
                iterations,
                1 - learningRate * weightDecay,
                learningRate,
                update.cautiousDecay(),
                update.gradientClip());
    }

    /** What the learning rate of a matrix (out,in) is multiplied by. */
    public static double scale(MuonConfig.Scale scale, int out, int in) {
        return switch (scale) {
            case SPECTRAL -> Math.sqrt(Math.max(1, (double) out / in));
            case RMS -> RMS_OF_ADAMW * Math.sqrt(Math.max(out, in));
        };
    }
}
