package org.alluvium.trainer.probe;

import org.alluvium.tokenizer.Vocabulary;

/** Tokens as people read them. */
public final class TokenText {

    private static final char SPACE = '\u2581'; // as vocabularies write it

    private TokenText() {}

    /** The piece of text that a token stands for, with its space. Marks and single bytes are as the vocabulary names them. */
    public static String of(Vocabulary vocabulary, int id) {
        return vocabulary.piece(id).text().replace(SPACE, ' ');
    }

    /** The id of a word as it begins one in a text, else of the bare piece; negative if it is no single token. */
    public static int find(Vocabulary vocabulary, String word) {
        int begins = vocabulary.idOf(SPACE + word.strip());
        return known(vocabulary, begins) ? begins : vocabulary.idOf(word.strip());
    }

    private static boolean known(Vocabulary vocabulary, int id) {
        return id >= 0 && id != vocabulary.unknownId();
    }
}
