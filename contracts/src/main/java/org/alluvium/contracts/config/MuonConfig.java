package org.alluvium.contracts.config;

/** The {@code train.optimizer.muon} section. */
public record MuonConfig(
        @Key(
                doc = "Learning rate at its peak; follows the same schedule as AdamW's.",
                byDefault = "0.01",
                min = 0,
                max = 10)
        double learningRate,

        @Key(doc = "Share of the momentum that is kept from step to step.", byDefault = "0.95", min = 0, max = 0.9999)
        double momentum,

        @Key(doc = "The same at the first step.", byDefault = "0.85", min = 0, max = 0.9999)
        double initialMomentum,

        @Key(doc = "Steps over which it changes from one to the other.", byDefault = "300", min = 0)
        long momentumWarmupSteps,

        @Key(doc = "Look ahead by one step of the momentum (Nesterov).", byDefault = "true")
        boolean nesterov,

        @Key(
                doc = "Iterations of Newton and Schulz; fewer leave the update's singular values further from 1.",
                byDefault = "5",
                min = 1,
                max = 20)
        int iterations,

        @Key(
                doc =
                        "How the rate depends on a matrix (out, in): 'spectral' times sqrt(max(1, out / in)), 'rms' times 0.2 sqrt(max(out, in)), which lets AdamW's rate and weight decay serve.",
                byDefault = "spectral")
        Scale scale,

        @Key(
                doc = "Decoupled weight decay of the matrices, scaled by Muon's learning rate.",
                byDefault = "0.1",
                min = 0,
                max = 10)
        double weightDecay) {

    /** How the rate depends on a matrix's shape. */
    public enum Scale {
        SPECTRAL,
        RMS
    }
}
