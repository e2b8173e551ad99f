package org.alluvium.contracts.config;

/** The {@code finewebQuality} group of a rule set. */
public record FineWebQualityConfig(
        @Key(
                doc = "line_punct_ratio: smallest share of lines that end in a mark which ends sentences.",
                byDefault = "0.12",
                min = 0)
        double minTerminalLines,

        @Key(doc = "short_line_ratio: largest share of short lines.", byDefault = "0.67", min = 0)
        double maxShortLines,

        @Key(doc = "Length in characters up to which a line is short.", byDefault = "30", min = 0)
        int shortLineLength,

        @Key(
                doc = "char_dup_ratio: largest share of characters in lines that stood there before.",
                byDefault = "0.01",
                min = 0)
        double maxDuplicateChars,

        @Key(doc = "list_ratio: most line breaks a word.", byDefault = "0.3", min = 0)
        double maxLineBreaks) {}
