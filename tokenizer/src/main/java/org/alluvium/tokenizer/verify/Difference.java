package org.alluvium.tokenizer.verify;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A text that two encoders give other ids. The arrays belong to whoever holds the record.
 *
 * @param text the text, well-formed or not
 * @param tested the ids of the encoder under test
 * @param expected the ids of the encoder that is right
 */
@SuppressWarnings("ArrayRecordComponent") // it is passed on and printed, never compared
public record Difference(String text, int[] tested, int[] expected) {

    private static final int SHOWN = 12;

    /** Index of the first id that differs; the length of the shorter one, if it is the beginning of the other. */
    public int position() {
        return Arrays.mismatch(tested, expected);
    }

    /** Where they differ and how, on one line: the position, and a few ids of both from there. */
    public String summary() {
        int from = position();
        return "at token " + from + ": " + part(tested, from) + " instead of " + part(expected, from);
    }

    private static String part(int[] ids, int from) {
        String shown = Arrays.stream(ids, from, Math.min(ids.length, from + SHOWN))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
        return "[" + shown + (ids.length > from + SHOWN ? " …]" : "]");
    }

    /** A text as a Java literal, so that nothing in it is invisible: all but plain ASCII is escaped. */
    public static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                literal.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                literal.append(c);
            } else {
                literal.append(String.format("\\u%04X", (int) c));
            }
        }
        return literal.append('"').toString();
    }
}
