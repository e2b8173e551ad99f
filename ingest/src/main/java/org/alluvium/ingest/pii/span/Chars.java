package org.alluvium.ingest.pii.span;

/** What characters around a number or a token mean for it. Positions outside of the text count as white space. */
public final class Chars {

    /** From here on come scripts whose words do not join with ASCII letters and digits: an id may touch them. */
    private static final char FIRST_OF_OTHER_SCRIPTS = '\u0530';

    private Chars() {}

    public static char at(char[] text, int index) {
        return index >= 0 && index < text.length ? text[index] : ' ';
    }

    public static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    public static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    public static boolean isAsciiLetter(char c) {
        return isUpper((char) (c & ~0x20));
    }

    public static boolean isAlphanumeric(char c) {
        return isDigit(c) || isAsciiLetter(c);
    }

    public static boolean isHex(char c) {
        char upper = (char) (c & ~0x20);
        return isDigit(c) || (upper >= 'A' && upper <= 'F');
    }

    /** Whether the character would make one word with an ASCII letter or digit beside it. */
    public static boolean joins(char c) {
        return c < 0x80 ? isAlphanumeric(c) || c == '_' : c < FIRST_OF_OTHER_SCRIPTS && Character.isLetter(c);
    }

    /** First index behind the ASCII letters and digits that begin at an index. */
    public static int endOfToken(char[] text, int from) {
        int end = from;
        while (end < text.length && isAlphanumeric(text[end])) {
            end++;
        }
        return end;
    }

    /** Whether an upper-case prefix ends before the index. */
    public static boolean endsWith(char[] text, int end, String prefix) {
        int start = end - prefix.length();
        return start >= 0 && startsWith(text, start, prefix);
    }

    public static boolean startsWith(char[] text, int start, String word) {
        if (start + word.length() > text.length) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (text[start + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
