package org.alluvium.contracts.config;

import java.nio.file.Path;

/** An entry of {@code train.eval.suites}. */
public record SuiteConfig(
        @Key(doc = "Name of the suite in events and reports.", example = "hellaswag")
        String name,

        @Key(
                doc =
                        "What its lines are: 'hellaswag' has a beginning and four endings, 'lambada' passages whose last word"
                                + " is asked for, 'blimp' pairs of sentences of which one is right.",
                example = "hellaswag")
        Format format,

        @Key(
                doc =
                        "Its file, or the folder of its files: one JSON object a line in .jsonl, and for lambada one passage a"
                                + " line in others; plain or .gz.",
                example = "suites/hellaswag_val.jsonl")
        Path path,

        @Key(doc = "Questions that are asked: the first so many; 0 asks all.", byDefault = "0", min = 0)
        int limit) {

    /** What the lines of a suite are. */
    public enum Format {
        HELLASWAG,
        LAMBADA,
        BLIMP
    }
}
