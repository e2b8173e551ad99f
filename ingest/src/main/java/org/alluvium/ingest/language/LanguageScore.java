package org.alluvium.ingest.language;

/**
 * A language and how much of a text is in it.
 *
 * @param tag BCP 47 tag, such as {@code de} or {@code zh-Hant}
 * @param confidence in [0, 1]
 */
public record LanguageScore(String tag, double confidence) {}
