package org.alluvium.tokenizer.train.unigram;

/** Which strings may become pieces. Stateless; asked by several threads. */
public interface PieceRule {

    /** Whether the code points from one index up to, and without, another may be a piece; single ones are not asked for. */
    boolean allows(int[] codePoints, int from, int to);

    /** Whether no piece can hold these two code points side by side, whatever is around them. */
    boolean separates(int before, int after);
}
