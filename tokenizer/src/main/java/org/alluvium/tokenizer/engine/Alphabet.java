package org.alluvium.tokenizer.engine;

import java.util.List;

/**
 * Numbers the characters of a vocabulary from 1 on, in the order in which its pieces show them: pieces come by frequency, so
 * frequent characters get small numbers, and what is looked up by them lies close together. All other characters are 0.
 * Immutable and thread-safe.
 */
final class Alphabet {

    /** The code of a character that no piece has. */
    static final int OTHER = 0;

    private final CharTable codes = new CharTable(OTHER);
    private final int size;

    private Alphabet(List<String> pieces) {
        int next = OTHER + 1;
        for (String piece : pieces) {
            for (int at = 0; at < piece.length(); ) {
                int character = piece.codePointAt(at);
                if (codes.get(character) == OTHER) {
                    codes.put(character, next++);
                }
                at += Character.charCount(character);
            }
        }
        this.size = next;
    }

    static Alphabet of(List<String> pieces) {
        return new Alphabet(pieces);
    }

    /** All codes are smaller. */
    int size() {
        return size;
    }

    int code(int character) {
        return codes.get(character);
    }

    /** The codes of a text. */
    int[] codes(String text) {
        return text.codePoints().map(this::code).toArray();
    }
}
