package org.alluvium.contracts.config;

/** The {@code train.replay} group. */
public record ReplayConfig(
        @Key(
                doc =
                        "Share of a window's documents that were trained on before, drawn from all earlier entries of the log, so that"
                                + " less is forgotten; 0 replays none. It cannot change within a run.",
                byDefault = "0",
                min = 0,
                max = 0.9)
        double share) {}
