package org.alluvium.contracts.config;

import java.io.Serializable;

/** The {@code tokenizer.drift} group. */
public record DriftConfig(
        @Key(
                doc =
                        "Whether ingest adds to every entry of the log how well the vocabulary fits its documents, and raises an"
                                + " alert when that leaves its band.",
                byDefault = "true")
        boolean enabled,

        @Key(
                doc =
                        "Bytes per token may be so much more or less than the mean of the corpus before, as a share of it.",
                byDefault = "0.1",
                min = 0.0001)
        double band,

        @Key(
                doc = "The share of byte tokens may be so much above that of the corpus before.",
                byDefault = "0.01",
                min = 0.00001,
                max = 1)
        double fallbackBand,

        @Key(
                doc =
                        "Documents are judged in stretches of at least so many tokens; an entry with fewer is judged together with"
                                + " the next.",
                byDefault = "100000",
                min = 1)
        long leastTokens)
        implements Serializable {

    /** The default of every key. */
    public static final DriftConfig DEFAULT = new DriftConfig(true, 0.1, 0.01, 100_000);
}
