package org.alluvium.contracts.config;

import java.util.List;

/** The {@code gopherQuality} group of a rule set. */
public record GopherQualityConfig(
        @Key(doc = "gopher_short_doc: fewest words that are not punctuation alone.", byDefault = "50", min = 0)
        int minWords,

        @Key(doc = "gopher_long_doc: most of these words.", byDefault = "100000", min = 0)
        int maxWords,

        @Key(doc = "gopher_below_avg_threshold: their least mean length in characters.", byDefault = "3", min = 0)
        double minMeanWordLength,

        @Key(doc = "gopher_above_avg_threshold: their greatest mean length.", byDefault = "10", min = 0)
        double maxMeanWordLength,

        @Key(doc = "gopher_too_many_hashes: most '#' a word.", byDefault = "0.1", min = 0)
        double maxHashes,

        @Key(doc = "gopher_too_many_ellipsis: most '...' and '…' a word.", byDefault = "0.1", min = 0)
        double maxEllipses,

        @Key(
                doc = "gopher_too_many_bullets: largest share of lines that begin with '•' or '-'.",
                byDefault = "0.9",
                min = 0)
        double maxBulletLines,

        @Key(
                doc = "gopher_too_many_end_ellipsis: largest share of lines that end in '...' or '…'.",
                byDefault = "0.3",
                min = 0)
        double maxEllipsisLines,

        @Key(
                doc = "gopher_below_alpha_threshold: smallest share of words that have a letter.",
                byDefault = "0.8",
                min = 0)
        double minAlphabeticWords,

        @Key(doc = "gopher_enough_stop_words: fewest different stop words.", byDefault = "2", min = 0)
        int minStopWords,

        @Key(
                doc = "The stop words, as they stand in the text: these are English, other languages need theirs.",
                byDefault = "[the, be, to, of, and, that, have, with]")
        List<String> stopWords) {

    public GopherQualityConfig {
        stopWords = List.copyOf(stopWords);
    }
}
