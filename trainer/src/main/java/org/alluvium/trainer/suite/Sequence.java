package org.alluvium.trainer.suite;

import java.util.Arrays;
import java.util.OptionalInt;
import org.alluvium.tokenizer.Encoder;

/**
 * The tokens of a context and an answer.
 *
 * @param ids at most T + 1 of them, the last ones where there were more
 * @param from first token of the answer; at least 1, since the first token is predicted from nothing
 */
@SuppressWarnings("ArrayRecordComponent") // a suite has thousands of them, and they are compared by nobody
record Sequence(int[] ids, int from) {

    /**
     * Encodes context and answer as one text. The answer begins where the text's tokens are no longer those of the context
     * alone, so that its tokens are those it has in running text.
     *
     * @param bos what documents begin with
     * @param contextLength T
     */
    static Sequence of(Encoder encoder, OptionalInt bos, String context, String answer, int contextLength) {
        int[] before = encoder.encode(context);
        int[] text = encoder.encode(context + answer);
        int marks = bos.isPresent() ? 1 : 0;
        int[] ids = new int[marks + text.length];
        bos.ifPresent(id -> ids[0] = id);
        System.arraycopy(text, 0, ids, marks, text.length);
        int from = marks + Math.min(commonPrefix(before, text), Math.max(0, text.length - 1));
        int cut = Math.max(0, ids.length - contextLength - 1);
        return new Sequence(Arrays.copyOfRange(ids, cut, ids.length), Math.max(1, from - cut));
    }

    private static int commonPrefix(int[] a, int[] b) {
        int mismatch = Arrays.mismatch(a, b);
        return mismatch < 0 ? a.length : mismatch;
    }

    /** Tokens that go into a model: the last one is only predicted. */
    int inputs() {
        return Math.max(0, ids.length - 1);
    }
}
