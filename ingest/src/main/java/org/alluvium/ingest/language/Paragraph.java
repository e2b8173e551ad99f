package org.alluvium.ingest.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of a text and the language it is in.
 *
 * @param start where it begins, in UTF-16 units
 * @param end where it ends, before the line feed
 * @param language the likeliest; empty where the line is too short to say
 */
public record Paragraph(int start, int end, Optional<LanguageScore> language) {

    /** Letters, weighted by script, below which a line says nothing of its language. */
    private static final int LEAST_LETTERS = 40;

    /** The lines of a text, the empty ones among them, in their order. */
    public static List<Paragraph> of(String text, LanguageIdentifier identifier) {
        List<Paragraph> paragraphs = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed;
            Optional<LanguageScore> language = isLong(text, start, end)
                    ? identifier.identify(text.substring(start, end)).stream().findFirst()
                    : Optional.empty();
            paragraphs.add(new Paragraph(start, end, language));
            start = end + 1;
        }
        return paragraphs;
    }

    private static boolean isLong(String text, int start, int end) {
        int letters = 0;
        for (int i = start; i < end && letters < LEAST_LETTERS; i++) {
            letters += Script.of(text.charAt(i)).weight();
        }
        return letters >= LEAST_LETTERS;
    }
}
