package org.alluvium.contracts.config;

/** The {@code train.guard} section: what a step must not look like, and what is done about it. */
public record GuardConfig(
        @Key(
                doc =
                        "Whether steps that spike are skipped and, if that does not help, the documents behind them left out. Without it a run ends when the loss is not a number.",
                byDefault = "true")
        boolean enabled,

        @Key(
                doc = "Steps that a step is compared with: the last so many good ones.",
                byDefault = "128",
                min = 8,
                max = 4096)
        int window,

        @Key(
                doc = "Standard deviations above the window's mean from which a loss is a spike.",
                byDefault = "6",
                min = 1,
                max = 1000)
        double lossDeviations,

        @Key(
                doc = "Standard deviations above the window's mean from which the gradient's norm is a spike.",
                byDefault = "20",
                min = 1,
                max = 1000)
        double gradNormDeviations,

        @Key(
                doc = "Spikes in a row that are skipped; the last of them rewinds the run and leaves documents out.",
                byDefault = "3",
                min = 1,
                max = 1000)
        int patience,

        @Key(
                doc =
                        "Rewinds within a window; a spike that outlives them is taken for what the corpus is like from now on.",
                byDefault = "3",
                min = 0,
                max = 100)
        int rewinds) {}
