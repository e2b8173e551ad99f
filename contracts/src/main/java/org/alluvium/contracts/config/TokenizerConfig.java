package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.util.Optional;

/** The {@code tokenizer} section. */
public record TokenizerConfig(
        @Key(
                doc =
                        "SentencePiece model file, or tokenizer.json of a byte-level BPE vocabulary. Without one, the vocabulary that comes with Alluvium (16,000 pieces, 21 European languages) is used.",
                byDefault = "")
        Optional<Path> model,

        @Key(doc = "Put the vocabulary's BOS id before every document.", byDefault = "true")
        boolean addBos,

        @Key(doc = "Put the vocabulary's EOS id after every document.", byDefault = "false")
        boolean addEos,

        @Key(
                doc =
                        "Which documents ingest also encodes with SentencePiece's own library, to compare the ids: 'start' the first"
                                + " of every task, 'sample' a share of the others too, 'off' none. Should ids ever differ, the library"
                                + " encodes from then on, and an alert is raised.",
                byDefault = "start")
        Verify verify,

        @Key(doc = "How many of the first documents of a task that is.", byDefault = "100", min = 1, max = 1000000)
        int verifyDocuments,

        @Key(
                doc = "Share of the documents after those that is compared with verify: sample, chosen by their ids.",
                byDefault = "0.001",
                min = 0,
                max = 1)
        double verifyShare,

        @Key(doc = "Whether the vocabulary still fits what comes, told entry by entry of the log.", byDefault = "{}")
        DriftConfig drift) {

    /** The default of every key. */
    public static final TokenizerConfig DEFAULT =
            new TokenizerConfig(Optional.empty(), true, false, Verify.START, 100, 0.001, DriftConfig.DEFAULT);

    /** Which documents are compared. */
    public enum Verify {
        OFF,
        START,
        SAMPLE
    }
}
