package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The {@code filters.quality} group. */
public record QualityConfig(
        @Key(
                doc =
                        "File of the quality model, as 'alluvium quality train' writes it; without one, quality is not judged.",
                byDefault = "")
        Optional<Path> model,

        @Key(
                doc = "Sources whose documents are judged; those of others pass without a score. Empty is all of them.",
                byDefault = "[]",
                example = "[web]")
        List<String> sources,

        @Key(
                doc = "Languages that the model knows; documents in others pass without a score. Empty is all of them.",
                byDefault = "[]",
                example = "[en]")
        List<String> languages,

        @Key(
                doc =
                        "Which documents are kept: 'pareto' keeps one where a draw from a Pareto distribution, which its text alone"
                                + " decides, exceeds 1 - score, so that a few of low score stay; 'threshold' keeps those whose score"
                                + " is at least minScore; 'all' keeps every one, with its score.",
                byDefault = "pareto")
        Keep keep,

        @Key(
                doc = "Shape of the Pareto distribution: the larger, the fewer documents of low score are kept.",
                byDefault = "9",
                min = 0.01,
                max = 1000)
        double alpha,

        @Key(doc = "Least score that is kept with keep: threshold.", byDefault = "0.5", min = 0, max = 1)
        double minScore) {

    public QualityConfig {
        sources = List.copyOf(sources);
        languages = List.copyOf(languages);
    }

    /** Which documents are kept. */
    public enum Keep {
        PARETO,
        THRESHOLD,
        ALL
    }
}
