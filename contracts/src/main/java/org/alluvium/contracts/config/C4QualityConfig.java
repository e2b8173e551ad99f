package org.alluvium.contracts.config;

/** The {@code c4Quality} group of a rule set. */
public record C4QualityConfig(
        @Key(doc = "What is kept or cut as a whole: 'lines' or 'sentences'.", byDefault = "lines")
        Unit unit,

        @Key(
                doc = "too_long_word: a line with a word of more characters is cut; 0 switches the rule off.",
                byDefault = "1000",
                min = 0)
        int maxWordLength,

        @Key(doc = "Whether marks such as [12], [edit] and [citation needed] are taken out.", byDefault = "true")
        boolean removeCitations,

        @Key(
                doc =
                        "no_terminal_punc: whether a line that does not end in . ? ! \" or ', or that ends in '...', is cut."
                                + " FineWeb has false.",
                byDefault = "true")
        boolean terminalPunctuation,

        @Key(doc = "too_few_words: a line of fewer words is cut; 0 switches the rule off.", byDefault = "3", min = 0)
        int minWordsPerLine,

        @Key(doc = "lorem_ipsum: whether a page with 'lorem ipsum' is dropped.", byDefault = "true")
        boolean loremIpsum,

        @Key(doc = "javascript: whether a line with 'javascript' is cut.", byDefault = "true")
        boolean javascript,

        @Key(doc = "curly_bracket: whether a page with '{' is dropped.", byDefault = "true")
        boolean curlyBracket,

        @Key(doc = "policy: whether a line about terms of use, privacy or cookies is cut.", byDefault = "true")
        boolean policy,

        @Key(
                doc = "too_few_sentences: fewest sentences in what is left; 0 switches the rule off.",
                byDefault = "5",
                min = 0)
        int minSentences) {

    /** What is kept or cut as a whole. */
    public enum Unit {
        LINES,
        SENTENCES
    }
}
