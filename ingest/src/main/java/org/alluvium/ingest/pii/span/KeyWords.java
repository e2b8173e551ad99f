package org.alluvium.ingest.pii.span;

import java.util.List;
import java.util.Locale;

/** Words that say of a number what it is, such as "Tel." before a telephone number. */
public final class KeyWords {

    /** How far before the number its word may begin, in UTF-16 units. */
    private static final int REACH = 32;

    private final List<String> words;

    /** @param words in lower case */
    public KeyWords(String... words) {
        this.words = List.of(words);
    }

    /** Whether one of the words stands shortly before the index, on the same line. */
    public boolean precede(char[] text, int index) {
        int start = index;
        while (start > 0 && index - start < REACH && text[start - 1] != '\n') {
            start--;
        }
        while (start < index && start > 0 && Chars.joins(text[start - 1]) && Chars.joins(text[start])) {
            start++; // not with the end of a word
        }
        String before = new String(text, start, index - start).toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (hasWord(before, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasWord(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean begins = at == 0 || !continues(text.charAt(at - 1), word.charAt(0));
            boolean ends = end == text.length() || !continues(text.charAt(end), word.charAt(word.length() - 1));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    /** Whether a character beside a word makes a longer word of it: never where words are not kept apart by spaces. */
    private static boolean continues(char beside, char edge) {
        return Character.isLetter(edge) && Chars.joins(edge) && Chars.joins(beside) && !Chars.isDigit(beside);
    }
}
