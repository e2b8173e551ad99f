package org.alluvium.contracts.config;

/** The {@code c4Paragraph} group of a rule set. */
public record C4ParagraphConfig(
        @Key(doc = "too_few_paragraphs: so many lines must have minLength.", byDefault = "3", min = 1)
        int minParagraphs,

        @Key(doc = "Least length of these lines in characters.", byDefault = "200", min = 0)
        int minLength) {}
