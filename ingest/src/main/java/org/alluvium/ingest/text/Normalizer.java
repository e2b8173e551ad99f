package org.alluvium.ingest.text;

import com.ibm.icu.text.Normalizer2;

/**
 * Brings text into the one form that is hashed, tokenized and trained on. Idempotent: a normalized text stays as it is.
 * Only what no reader would see is changed, in this order:
 *
 * <ol>
 *   <li>CR LF, CR, vertical tab, form feed, U+0085, U+2028 and U+2029 become a line feed.
 *   <li>Other control characters but the tab, and U+FEFF, are removed.
 *   <li>Unicode normalization form C (Unicode Standard Annex 15), by the tables of ICU, which are the same on every JDK:
 *       they agree with older ones on every character that an older Unicode had.
 *   <li>White space at the end of a line is removed, runs of empty lines become one, and so do none at start and end.
 * </ol>
 *
 * Indentation and runs of blanks inside a line stay: in code, tables and verse they mean something.
 */
public final class Normalizer {

    /** Below the first combining character, every text is in normal form. */
    private static final char FIRST_COMBINING = '\u0300';

    private Normalizer() {}

    /** The normal form of a well-formed text; empty if nothing visible is left. */
    public static String normalize(String text) {
        return tidyWhiteSpace(compose(replaceControls(text)));
    }

    static String replaceControls(String text) {
        int first = 0;
        while (first < text.length() && !isControl(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isControl(c)) {
                out.append(c);
            } else if (endsLine(c) && !(c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n')) {
                out.append('\n');
            }
        }
        return out.toString();
    }

    /** Whether the character is replaced by a line feed, or by nothing. */
    private static boolean isControl(char c) {
        if ((c >= ' ' && c < '\u007F') || c == '\n' || c == '\t') {
            return false;
        }
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\uFEFF';
    }

    private static boolean endsLine(char c) {
        return switch (c) {
            case '\r', '\u000B', '\f', '\u0085', '\u2028', '\u2029' -> true;
            default -> false;
        };
    }

    static String compose(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_COMBINING) {
                return Normalizer2.getNFCInstance().normalize(text);
            }
        }
        return text;
    }

    static String tidyWhiteSpace(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean gap = false; // an empty line since the last one that is not
        int start = 0;
        while (start < text.length()) {
            int feed = text.indexOf('\n', start);
            int lineEnd = feed < 0 ? text.length() : feed;
            int visibleEnd = visibleEnd(text, start, lineEnd);
            if (visibleEnd == start) {
                gap = true;
            } else {
                if (!out.isEmpty()) {
                    out.append(gap ? "\n\n" : "\n");
                }
                out.append(text, start, visibleEnd);
                gap = false;
            }
            start = lineEnd + 1;
        }
        return out.toString();
    }

    private static int visibleEnd(String text, int start, int end) {
        int visible = end;
        while (visible > start && isBlank(text.charAt(visible - 1))) {
            visible--;
        }
        return visible;
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
