package org.alluvium.ingest.rule;

import java.util.ArrayList;
import java.util.List;

/** Words that occur nowhere else, to fill texts with. */
final class Filler {

    private int next = 0;

    /** Another word of so many letters, at least three. */
    String word(int letters) {
        int number = next++;
        char[] word = new char[letters];
        for (int i = 0; i < letters; i++) {
            word[i] = (char) ('a' + number % 26);
            number /= 26;
        }
        return new String(word);
    }

    /** So many words of so many letters. */
    List<String> words(int count, int letters) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(word(letters));
        }
        return words;
    }

    /** So many words of five letters, separated by spaces. */
    String text(int count) {
        return String.join(" ", words(count, 5));
    }

    /** A text with new words behind it, so that it has that length; at least ten characters longer. */
    String upTo(int length, String text) {
        StringBuilder filled = new StringBuilder(text);
        while (length - filled.length() > 13) {
            filled.append(' ').append(word(5));
        }
        int rest = length - filled.length() - 1;
        return filled.append(' ').append(word(rest)).toString();
    }
}
