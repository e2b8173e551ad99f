package org.alluvium.contracts.config;

import java.util.List;

/**
 * One element of {@code filters.rules}: published rules with their thresholds, for some languages or for all. In every group
 * a threshold of 0 switches its rule off.
 */
public record RuleSetConfig(
        @Key(
                doc =
                        "BCP 47 tags of the languages it is meant for; 'zh' also means zh-Hant. Empty is every language that"
                                + " has no set of its own.",
                byDefault = "[]")
        List<String> languages,

        @Key(
                doc = "Which families of rules are asked, in this order.",
                byDefault = "[gopher_repetition, gopher_quality, c4_quality, fineweb_quality]")
        List<Family> families,

        @Key(doc = "Shares of repeated text, after Gopher. 0 switches a rule off.", byDefault = "{}")
        GopherRepetitionConfig gopherRepetition,

        @Key(doc = "Words, symbols and lines, after Gopher. 0 switches a rule off.", byDefault = "{}")
        GopherQualityConfig gopherQuality,

        @Key(doc = "Lines that are cut and pages that are dropped, after C4.", byDefault = "{}")
        C4QualityConfig c4Quality,

        @Key(doc = "Long paragraphs that a page must have, after mC4.", byDefault = "{}")
        C4ParagraphConfig c4Paragraph,

        @Key(doc = "Words that no page may have, after C4.", byDefault = "{}")
        C4BadWordsConfig c4BadWords,

        @Key(doc = "Shape of lines, after FineWeb. 0 switches a rule off.", byDefault = "{}")
        FineWebQualityConfig finewebQuality) {

    /** A published family of rules. */
    public enum Family {
        GOPHER_REPETITION,
        GOPHER_QUALITY,
        C4_QUALITY,
        C4_PARAGRAPH,
        C4_BAD_WORDS,
        FINEWEB_QUALITY
    }

    public RuleSetConfig {
        languages = List.copyOf(languages);
        families = List.copyOf(families);
    }
}
