package org.alluvium.contracts.config;

import java.time.Duration;

/** The {@code train.checkpoint} section: two tiers, so that a restart loses little and history stays affordable. */
public record CheckpointConfig(
        @Key(doc = "Time between temporary checkpoints; each replaces the one before.", byDefault = "60s", min = 0.01)
        Duration every,

        @Key(doc = "Steps between permanent checkpoints; 0 keeps none but the last.", byDefault = "500", min = 0)
        long permanentEverySteps,

        @Key(
                doc =
                        "Newest temporary checkpoints that are kept, beside at most two older ones for the guard to go back to.",
                byDefault = "2",
                min = 1,
                max = 1000)
        int keepTemporary) {}
