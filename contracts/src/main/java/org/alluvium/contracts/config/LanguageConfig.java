package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The {@code filters.language} group. */
public record LanguageConfig(
        @Key(
                doc = "Whether the language of each document is found out; filters after this one judge it by that"
                        + " language, and not by the one that the document came with.",
                byDefault = "false")
        boolean identify,

        @Key(
                doc =
                        "BCP 47 tags of the languages whose documents are kept; 'zh' also means zh-Hant. Empty is all of them.",
                byDefault = "[]",
                example = "[de, en]")
        List<String> keep,

        @Key(
                doc =
                        "Least confidence that a document is in one of these languages; 0 drops only what is in no language or"
                                + " in none of these.",
                byDefault = "0.65",
                min = 0,
                max = 1)
        double minConfidence,

        @Key(
                doc =
                        "Which paragraphs (lines) of a document are kept: 'all', or 'same', which cuts those that are, with"
                                + " minConfidence, in another language than the document.",
                byDefault = "all")
        Paragraphs paragraphs,

        @Key(
                doc =
                        "A model in a file format of fastText (.bin, .ftz), such as lid.176, to use instead of the one that"
                                + " comes with Alluvium; its labels are the tags then.",
                byDefault = "")
        Optional<Path> model) {

    public LanguageConfig {
        keep = List.copyOf(keep);
    }

    /** Which paragraphs of a document are kept. */
    public enum Paragraphs {
        ALL,
        SAME
    }
}
