package org.alluvium.tokenizer;

import org.alluvium.contracts.error.DataException;

/**
 * Cuts a long text where cutting does not change its tokens: at a single space between two words. A vocabulary's pieces
 * hold a space at their beginning only, so no piece reaches over such a place, and a word after a space is encoded as a
 * word at the start of a text.
 */
final class Segments {

    private Segments() {}

    /**
     * Where the segment that begins at {@code from} ends: at the end of the text if that is within {@code target}
     * characters, else at the last single space within them, else at the first one after them.
     *
     * @throws DataException if the segment would be longer than {@code limit} characters
     */
    static int end(String text, int from, int target, int limit) {
        if (text.length() - from <= target) {
            return text.length();
        }
        for (int i = from + target; i > from; i--) {
            if (isSingleSpace(text, i)) {
                return i;
            }
        }
        int end = from + target + 1;
        while (end < text.length() && !isSingleSpace(text, end)) {
            end++;
        }
        if (end - from > limit) {
            throw new DataException(
                    "more than " + limit + " characters without a single space between words",
                    "text of " + text.length() + " characters at character " + from,
                    "This is hardly prose: leave the document out, or split it.");
        }
        return end;
    }

    private static boolean isSingleSpace(String text, int i) {
        return text.charAt(i) == ' '
                && i > 0
                && text.charAt(i - 1) != ' '
                && i + 1 < text.length()
                && text.charAt(i + 1) != ' ';
    }
}
