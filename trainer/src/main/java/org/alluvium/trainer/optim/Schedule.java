package org.alluvium.trainer.optim;

import org.alluvium.contracts.config.OptimizerConfig;

/**
 * Warmup, stable, decay (Hu et al., MiniCPM, arXiv 2404.06395): the learning rate rises linearly over the first steps, stays,
 * and falls linearly over the last ones. A pure function of the step, so that resuming needs no state. We let the decay be
 * linear, not exponential, and leave it out entirely for a run without an end.
 *
 * @param optimizer peak rate, warmup and decay steps, final fraction, and the constants of AdamW
 * @param steps last step of the run, or 0 for a run without an end
 */
public record Schedule(OptimizerConfig optimizer, long steps) {

    /**
     * The learning rate of a step.
     *
     * @param step from 1; step w of a warmup of w steps has the full rate, and the last step of the run has
     *     {@code finalFraction} of it
     */
    public double learningRate(long step) {
        return optimizer.learningRate() * Math.min(warmup(step), decay(step));
    }

    /** Everything the update of a step needs. */
    public Update update(long step) {
        AdamW adamW = new AdamW(
                learningRate(step), optimizer.beta1(), optimizer.beta2(), optimizer.epsilon(), optimizer.weightDecay());
        return new Update(step, optimizer.gradientClip(), adamW);
    }

    /** Which part of the schedule a step belongs to: {@code warmup}, {@code stable} or {@code decay}. */
    public String phase(long step) {
        if (step < optimizer.warmupSteps()) {
            return "warmup";
        }
        return decay(step) < 1 ? "decay" : "stable";
    }

    private double warmup(long step) {
        return step >= optimizer.warmupSteps() ? 1 : (double) step / optimizer.warmupSteps();
    }

    private double decay(long step) {
        if (steps == 0 || optimizer.decaySteps() == 0 || step <= steps - optimizer.decaySteps()) {
            return 1;
        }
        double left = Math.max(0, (double) (steps - step) / optimizer.decaySteps());
        return optimizer.finalFraction() + (1 - optimizer.finalFraction()) * left;
    }
}
