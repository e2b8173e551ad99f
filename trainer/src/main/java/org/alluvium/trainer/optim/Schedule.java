package org.alluvium.trainer.optim;

import java.util.Optional;
import org.alluvium.contracts.config.MuonConfig;
import org.alluvium.contracts.config.OptimizerConfig;

/**
 * What an update is told, step by step: a pure function of the step's number, so that resuming needs no state.
 *
 * <p>The learning rate rises linearly over the first steps. Then it stays and falls over the last ones (warmup, stable,
 * decay: Hu et al., MiniCPM, arXiv 2404.06395), linearly, as a cosine, or as 1 - sqrt (Hägele et al., arXiv 2405.18392);
 * or it falls as a cosine until the end (Loshchilov and Hutter, arXiv 1608.03983). A run without an end does not decay.
 * Muon's rate is the same share of its peak. Its momentum rises linearly, as in Jordan's runs.
 *
 * @param optimizer peak rates, shapes, and the constants of AdamW and Muon
 * @param steps last step of the run, or 0 for a run without an end
 */
public record Schedule(OptimizerConfig optimizer, long steps) {

    /**
     * AdamW's learning rate of a step.
     *
     * @param step from 1; step w of a warmup of w steps has the full rate, and the last step of the run has
     *     {@code finalFraction} of it
     */
    public double learningRate(long step) {
        return optimizer.peakLearningRate() * share(step);
    }

    /** Everything the update of a step needs. */
    public Update update(long step) {
        AdamW adamW = new AdamW(
                learningRate(step),
                optimizer.beta1(),
                optimizer.beta2(),
                optimizer.epsilon(),
                optimizer.weightDecay() * weightDecay(step));
        Optional<Muon> muon =
                optimizer.method() == OptimizerConfig.Method.MUON ? Optional.of(muon(step)) : Optional.empty();
        return new Update(step, optimizer.gradientClip(), optimizer.cautiousDecay(), adamW, muon, averageShare(step));
    }

    /** Which part of the schedule a step belongs to: {@code warmup}, {@code stable} or {@code decay}. */
    public String phase(long step) {
        if (step < optimizer.warmupSteps()) {
            return "warmup";
        }
        return decay(step) < 1 ? "decay" : "stable";
    }

    private Muon muon(long step) {
        MuonConfig muon = optimizer.muon();
        return new Muon(
                muon.learningRate() * share(step),
                momentum(step),
                muon.nesterov(),
                muon.iterations(),
                muon.weightDecay() * weightDecay(step));
    }

    /** Of every peak rate. */
    private double share(long step) {
        return Math.min(warmup(step), decay(step));
    }

    private double warmup(long step) {
        return step >= optimizer.warmupSteps() ? 1 : (double) step / optimizer.warmupSteps();
    }

    private double decay(long step) {
        long length = decayLength();
        if (length == 0 || step <= steps - length) {
            return 1;
        }
        double left = Math.max(0, (double) (steps - step) / length);
        return optimizer.finalFraction() + (1 - optimizer.finalFraction()) * shaped(left);
    }

    private long decayLength() {
        if (steps == 0) {
            return 0;
        }
        return switch (optimizer.schedule()) {
            case WSD -> optimizer.decaySteps();
            case COSINE -> Math.max(0, steps - optimizer.warmupSteps());
        };
    }

    /** What is left of the rate when a share of the decay is left. */
    private double shaped(double left) {
        return switch (shape()) {
            case LINEAR -> left;
            case ONE_MINUS_SQRT -> 1 - Math.sqrt(1 - left);
            case COSINE -> 0.5 - 0.5 * StrictMath.cos(Math.PI * left);
        };
    }

    private OptimizerConfig.DecayShape shape() {
        return optimizer.schedule() == OptimizerConfig.Schedule.COSINE
                ? OptimizerConfig.DecayShape.COSINE
                : optimizer.decayShape();
    }

    /** What is left of the weight decay. */
    private double weightDecay(long step) {
        return switch (optimizer.weightDecaySchedule()) {
            case CONSTANT -> 1;
            case LINEAR -> steps == 0 ? 1 : Math.max(0, 1 - (double) step / steps);
        };
    }

    /** Larger at first, so that an average is soon free of the weights it began with. */
    private double averageShare(long step) {
        return Math.max(1 - optimizer.averageDecay(), 9.0 / (9 + step));
    }

    private double momentum(long step) {
        MuonConfig muon = optimizer.muon();
        double risen = step >= muon.momentumWarmupSteps() ? 1 : (double) step / muon.momentumWarmupSteps();
        return muon.initialMomentum() + (muon.momentum() - muon.initialMomentum()) * risen;
    }
}
