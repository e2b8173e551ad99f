package org.alluvium.tokenizer.train.unigram;

/**
 * How unigram pieces are trained.
 *
 * @param size how many pieces there shall be, required letters among them
 * @param seeds how many repeated strings to start with, beside the letters
 * @param longest no piece has more code points
 * @param shrinkingFactor the share of pieces that each pruning keeps, between 0 and 1
 * @param subIterations rounds of expectation maximization before each pruning
 * @param threads threads to work with; the result is the same for any number
 */
public record UnigramSettings(
        int size, int seeds, int longest, double shrinkingFactor, int subIterations, int threads) {

    public UnigramSettings {
        atLeastOne("size", size);
        atLeastOne("seeds", seeds);
        atLeastOne("longest", longest);
        atLeastOne("subIterations", subIterations);
        atLeastOne("threads", threads);
        if (!(shrinkingFactor > 0 && shrinkingFactor < 1)) {
            throw new IllegalArgumentException("a shrinking factor lies between 0 and 1: " + shrinkingFactor);
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is at least 1, not " + value);
        }
    }

    /** SentencePiece's defaults for so many pieces. */
    public static UnigramSettings ofSize(int size) {
        return new UnigramSettings(size, 1_000_000, 16, 0.75, 2, 1);
    }

    public UnigramSettings withThreads(int number) {
        return new UnigramSettings(size, seeds, longest, shrinkingFactor, subIterations, number);
    }
}
