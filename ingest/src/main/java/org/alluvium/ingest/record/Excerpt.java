package org.alluvium.ingest.record;

/** Pieces of input inside messages, short enough to read. */
final class Excerpt {

    private static final int MAX_CHARACTERS = 60;

    private Excerpt() {}

    /** The text in quotes, cut after a line's worth of characters. */
    static String quote(String text) {
        return text.length() <= MAX_CHARACTERS
                ? '\'' + text + '\''
                : '\'' + text.substring(0, text.offsetByCodePoints(0, MAX_CHARACTERS / 2)) + "…'";
    }
}
