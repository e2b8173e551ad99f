package org.alluvium.ingest.text;

/**
 * Characters without width that were strewn into words: zero width spaces, joiners and non-joiners, word joiners, byte order
 * marks. They have their uses, in Persian, in the scripts of India and South-East Asia, in emoji, and beside punctuation as
 * places for a line break; so they go only if one stands inside a word of a script that never has one there, and never beside
 * a character of any other script. Soft hyphens go with them, and stay where they are the only ones.
 */
final class Invisibles {

    private static final char SOFT_HYPHEN = '\u00AD';

    private Invisibles() {}

    /** The text without them; itself if there are none to remove. */
    static String remove(String text) {
        if (!haveStrayed(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int end = endOfRun(text, i);
            if (end == i) {
                out.append(text.charAt(i));
                i++;
            } else {
                if (isOfOtherScript(text, i - 1) || isOfOtherScript(text, end)) {
                    out.append(text, i, end);
                }
                i = end;
            }
        }
        return out.toString();
    }

    /** First index behind the invisible characters and soft hyphens that begin at an index. */
    private static int endOfRun(String text, int start) {
        int end = start;
        while (end < text.length() && (isInvisible(text.charAt(end)) || text.charAt(end) == SOFT_HYPHEN)) {
            end++;
        }
        return end;
    }

    private static boolean haveStrayed(String text) {
        for (int i = 1; i + 1 < text.length(); i++) {
            if (isInvisible(text.charAt(i)) && isPlainLetter(text.charAt(i - 1)) && isPlainLetter(text.charAt(i + 1))) {
                return true;
            }
        }
        return false;
    }

    static boolean isInvisible(char c) {
        return (c >= '\u200B' && c <= '\u200D') || c == '\u2060' || c == '\uFEFF';
    }

    /** Whether the character at an index is of a script that uses them. */
    private static boolean isOfOtherScript(String text, int index) {
        if (index < 0 || index >= text.length()) {
            return false;
        }
        char c = text.charAt(index);
        return c >= 0x80
                && !isPlainLetter(c)
                && (Character.isLetter(c) || Character.isSurrogate(c) || isSymbolOrMark(c));
    }

    private static boolean isSymbolOrMark(char c) {
        return switch (Character.getType(c)) {
            case Character.OTHER_SYMBOL, Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    /** Letters of Latin, Greek, Cyrillic, Chinese, Japanese and Korean. */
    private static boolean isPlainLetter(char c) {
        if (!Character.isLetter(c)) {
            return false;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case LATIN, GREEK, CYRILLIC, HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
            default -> false;
        };
    }
}
