package org.alluvium.dashboard.probe;

import java.util.Arrays;
import org.alluvium.tokenizer.Vocabulary;

/**
 * A part of a document's text.
 *
 * @param text of it
 * @param from its first token
 * @param to the token after its last
 * @param of tokens that the document has
 */
public record Passage(String text, int from, int to, int of) {

    private static final int MOST_TOKENS = 400;

    /** The text of the tokens from one on, as many as are read at a time. */
    public static Passage of(int[] document, int from, Vocabulary vocabulary) {
        int begin = Math.min(from, document.length);
        int end = Math.min(document.length, begin + MOST_TOKENS);
        return new Passage(vocabulary.decode(Arrays.copyOfRange(document, begin, end)), begin, end, document.length);
    }
}
