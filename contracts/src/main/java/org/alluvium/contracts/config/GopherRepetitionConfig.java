package org.alluvium.contracts.config;

/** The {@code gopherRepetition} group of a rule set: the largest shares that pass. */
public record GopherRepetitionConfig(
        @Key(doc = "dup_para_frac: share of paragraphs that stood there before.", byDefault = "0.3", min = 0)
        double maxDuplicateParagraphs,

        @Key(doc = "dup_para_char_frac: their share of the text's length.", byDefault = "0.2", min = 0)
        double maxDuplicateParagraphChars,

        @Key(doc = "dup_line_frac: share of lines that stood there before.", byDefault = "0.3", min = 0)
        double maxDuplicateLines,

        @Key(doc = "dup_line_char_frac: their share of the text's length.", byDefault = "0.2", min = 0)
        double maxDuplicateLineChars,

        @Key(doc = "top_2_gram: share of the text that the most frequent two words are.", byDefault = "0.2", min = 0)
        double maxTop2Gram,

        @Key(doc = "top_3_gram: of three words.", byDefault = "0.18", min = 0)
        double maxTop3Gram,

        @Key(doc = "top_4_gram: of four words.", byDefault = "0.16", min = 0)
        double maxTop4Gram,

        @Key(
                doc = "duplicated_5_n_grams: share of the text in five words that stood there before.",
                byDefault = "0.15",
                min = 0)
        double maxDuplicate5Grams,

        @Key(doc = "duplicated_6_n_grams: in six words.", byDefault = "0.14", min = 0)
        double maxDuplicate6Grams,

        @Key(doc = "duplicated_7_n_grams: in seven words.", byDefault = "0.13", min = 0)
        double maxDuplicate7Grams,

        @Key(doc = "duplicated_8_n_grams: in eight words.", byDefault = "0.12", min = 0)
        double maxDuplicate8Grams,

        @Key(doc = "duplicated_9_n_grams: in nine words.", byDefault = "0.11", min = 0)
        double maxDuplicate9Grams,

        @Key(doc = "duplicated_10_n_grams: in ten words.", byDefault = "0.1", min = 0)
        double maxDuplicate10Grams) {}
