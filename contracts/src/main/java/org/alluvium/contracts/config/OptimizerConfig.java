package org.alluvium.contracts.config;

import java.util.Optional;

/** The {@code train.optimizer} section: how weights are changed, and how that changes over the steps. */
public record OptimizerConfig(
        @Key(
                doc =
                        "What turns gradients into updates: 'adamw', or 'muon' for the matrices of the blocks and adamw for everything else. A run keeps what it began with.",
                byDefault = "muon")
        Method method,

        @Key(
                doc =
                        "Learning rate of AdamW at its peak; without one, 1e-2 beside muon, as it then only has embeddings and norms, and 2e-3 otherwise.",
                byDefault = "",
                min = 0,
                max = 10)
        Optional<Double> learningRate,

        @Key(
                doc =
                        "Shape of the learning rate over the steps: 'wsd' rises, stays and decays over the last decaySteps; 'cosine' rises, then falls as a cosine until train.steps.",
                byDefault = "wsd")
        Schedule schedule,

        @Key(doc = "Steps over which the learning rate rises from 0.", byDefault = "50", min = 0)
        long warmupSteps,

        @Key(
                doc = "Steps before train.steps over which the learning rate falls; needs train.steps.",
                byDefault = "0",
                min = 0)
        long decaySteps,

        @Key(
                doc =
                        "How it falls over decaySteps: 'linear', 'one_minus_sqrt' (steep at first) or 'cosine' (flat at both ends).",
                byDefault = "linear")
        DecayShape decayShape,

        @Key(
                doc = "Share of the learning rate that is left at the end of the decay.",
                byDefault = "0.0",
                min = 0,
                max = 1)
        double finalFraction,

        @Key(doc = "Decay rate of the first moment.", byDefault = "0.9", min = 0, max = 0.999999)
        double beta1,

        @Key(doc = "Decay rate of the second moment.", byDefault = "0.95", min = 0, max = 0.999999)
        double beta2,

        @Key(doc = "Added to the root of the second moment.", byDefault = "1e-8", min = 0, max = 1)
        double epsilon,

        @Key(doc = "Decoupled weight decay of matrices; norms have none.", byDefault = "0.1", min = 0, max = 10)
        double weightDecay,

        @Key(
                doc = "Weight decay over the steps: 'constant', or 'linear' for a fall to 0 at train.steps.",
                byDefault = "constant")
        WeightDecaySchedule weightDecaySchedule,

        @Key(doc = "Decay a weight only where the update moves it towards 0, too.", byDefault = "false")
        boolean cautiousDecay,

        @Key(doc = "Largest global norm of the gradient; 0 does not clip.", byDefault = "1.0", min = 0)
        double gradientClip,

        @Key(
                doc = "Weight of the z-loss, the square of the logits' log-sum-exp, in what is minimized; 0 for none.",
                byDefault = "0",
                min = 0,
                max = 1)
        double zLoss,

        @Key(
                doc =
                        "Share that a running average of the weights keeps at every step, such as 0.999; 0 keeps no average. It is kept in checkpoints, and exported where that is asked for.",
                byDefault = "0",
                min = 0,
                max = 0.999999)
        double averageDecay,

        @Key(doc = "What only method 'muon' uses.", byDefault = "{}")
        MuonConfig muon) {

    private static final double BESIDE_MUON = 1e-2;
    private static final double ALONE = 2e-3;

    /** AdamW's learning rate at its peak: the one that is set, or what docs/experiments.md found best. */
    public double peakLearningRate() {
        return learningRate.orElse(
                switch (method) {
                    case ADAMW -> ALONE;
                    case MUON -> BESIDE_MUON;
                });
    }

    /** What turns gradients into updates. */
    public enum Method {
        ADAMW,
        MUON
    }

    /** Shape of the learning rate over a run. */
    public enum Schedule {
        WSD,
        COSINE
    }

    /** Shape of the last part of {@link Schedule#WSD}. */
    public enum DecayShape {
        LINEAR,
        ONE_MINUS_SQRT,
        COSINE
    }

    /** Weight decay over a run. */
    public enum WeightDecaySchedule {
        CONSTANT,
        LINEAR
    }
}
