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
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean goes = (isInvisible(c) || c == SOFT_HYPHEN) && !isAtHome(text, i);
            if (!goes) {
                out.append(c);
            }
        }
        return out.toString();
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

    /** Whether the next visible character on one side is of a script that uses them. */
    private static boolean isAtHome(String text, int index) {
        return isOfOtherScript(text, index, -1) || isOfOtherScript(text, index, 1);
    }

    private static boolean isOfOtherScript(String text, int index, int step) {
        int i = index + step;
        while (i >= 0 && i < text.length() && (isInvisible(text.charAt(i)) || text.charAt(i) == SOFT_HYPHEN)) {
            i += step;
        }
        if (i < 0 || i >= text.length()) {
            return false;
        }
        char c = text.charAt(i);
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
