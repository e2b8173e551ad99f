package org.alluvium.tokenizer.reference;

/**
 * Where to cut a long text so that its tokens stay what they are: at a single space between two words. A vocabulary's pieces
 * have a space at their beginning only, so no piece reaches over such a place, and a word after a space is encoded as a word
 * at the start of a text.
 */
final class Segments {

    private Segments() {}

    /**
     * The end of the segment that begins at {@code from}: the end of the text if that is within {@code length} characters,
     * else the last single space within them, else the place after them, but never inside a surrogate pair.
     */
    static int end(String text, int from, int length) {
        if (text.length() - from <= length) {
            return text.length();
        }
        for (int i = from + length; i > from; i--) {
            if (isSingleSpace(text, i)) {
                return i;
            }
        }
        int end = from + length;
        return Character.isLowSurrogate(text.charAt(end)) ? end + 1 : end;
    }

    /** Whether the character at {@code i} is a space with other characters on both sides. */
    static boolean isSingleSpace(String text, int i) {
        return i > 0
                && i + 1 < text.length()
                && text.charAt(i) == ' '
                && text.charAt(i - 1) != ' '
                && text.charAt(i + 1) != ' ';
    }
}
