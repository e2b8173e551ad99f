package org.alluvium.contracts.config;

/** The {@code train.batchRamp} section: small steps first, which learn more from as many tokens. */
public record BatchRampConfig(
        @Key(doc = "Micro-batches of the first step; at most train.accumulate.", byDefault = "1", min = 1, max = 65536)
        int from,

        @Key(
                doc =
                        "Steps over which the micro-batches of a step rise to train.accumulate; 0 for as many from the start.",
                byDefault = "0",
                min = 0)
        long steps) {}
