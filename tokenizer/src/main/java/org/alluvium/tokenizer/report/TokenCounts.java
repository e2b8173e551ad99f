package org.alluvium.tokenizer.report;

import org.alluvium.contracts.log.TextTokens;
import org.alluvium.tokenizer.Vocabulary;

/** Counts the tokens of a text by what they stand for. */
public final class TokenCounts {

    private TokenCounts() {}

    /**
     * What one text came to.
     *
     * @param ids its tokens; marks among them are passed over
     * @param bytes of the text in UTF-8
     */
    public static TextTokens of(Vocabulary vocabulary, int[] ids, long bytes) {
        long tokens = 0;
        long byteTokens = 0;
        long unknownTokens = 0;
        for (int id : ids) {
            switch (vocabulary.piece(id).type()) {
                case CONTROL -> tokens--;
                case BYTE -> byteTokens++;
                case UNKNOWN -> unknownTokens++;
                case NORMAL, USER_DEFINED, UNUSED -> {
                    // A piece, as it should be.
                }
            }
            tokens++;
        }
        return new TextTokens(1, bytes, tokens, byteTokens, unknownTokens);
    }
}
