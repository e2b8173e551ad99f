package org.alluvium.ingest.text;

import java.text.Normalizer.Form;

/**
 * Brings text into the one form that is hashed, tokenized and trained on. Idempotent: a normalized text stays as it is.
 * Only what no reader would see is changed, in this order:
 *
 * <ol>
 *   <li>CR LF, CR, vertical tab, form feed, U+0085, U+2028 and U+2029 become a line feed.
 *   <li>Other control characters but the tab, and U+FEFF, are removed.
 *   <li>Unicode normalization form C (Unicode Standard Annex 15), by the tables of the running JDK: they agree on every
 *       character that an older Unicode had.
 *   <li>White space at the end of a line is removed, runs of empty lines become one, and so do none at start and end.
 * </ol>
 *
 * Indentation and runs of blanks inside a line stay: in code, tables and verse they mean something.
 */
public final class Normalizer {

    private Normalizer() {}

    /** The normal form of a well-formed text; empty if nothing visible is left. */
    public static String normalize(String text) {
        String clean = removeControls(text);
        return tidyWhiteSpace(java.text.Normalizer.normalize(clean, Form.NFC));
    }

    private static String removeControls(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                continue;
            }
            if (endsLine(c)) {
                out.append('\n');
            } else if (c == '\t' || !(Character.isISOControl(c) || c == '\uFEFF')) {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean endsLine(char c) {
        return switch (c) {
            case '\n', '\r', '\u000B', '\f', '\u0085', '\u2028', '\u2029' -> true;
            default -> false;
        };
    }

    private static String tidyWhiteSpace(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int lineFeeds = 0; // seen since the last visible character
        int blanks = 0; // index of the first blank since the last visible character or line feed
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                lineFeeds++;
                blanks = i + 1;
            } else if (!isBlank(c)) {
                if (out.length() > 0) {
                    out.append("\n\n", 0, Math.min(lineFeeds, 2));
                }
                out.append(text, blanks, i + 1);
                lineFeeds = 0;
                blanks = i + 1;
            }
        }
        return out.toString();
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
