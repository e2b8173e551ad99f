package org.alluvium.contracts.config;

/** The {@code train.optimizer} section: AdamW under a warmup-stable-decay schedule. */
public record OptimizerConfig(
        @Key(doc = "Learning rate of the stable phase.", byDefault = "1e-3", min = 0, max = 10)
        double learningRate,

        @Key(doc = "Steps over which the learning rate rises from 0.", byDefault = "50", min = 0)
        long warmupSteps,

        @Key(
                doc = "Steps before train.steps over which the learning rate falls; needs train.steps.",
                byDefault = "0",
                min = 0)
        long decaySteps,

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

        @Key(doc = "Largest global norm of the gradient; 0 does not clip.", byDefault = "1.0", min = 0)
        double gradientClip) {}
