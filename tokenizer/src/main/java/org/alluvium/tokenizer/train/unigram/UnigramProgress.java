package org.alluvium.tokenizer.train.unigram;

/** Is told how far a training is, by the thread that trains. */
public interface UnigramProgress {

    /** Tells no one. */
    UnigramProgress NONE = new UnigramProgress() {
        @Override
        public void fragments(int distinct, long letters) {}

        @Override
        public void iterated(int done, int expected, int pieces, double logLikelihood) {}
    };

    /**
     * The text is cut, and seeds are about to be looked for.
     *
     * @param distinct different strings
     * @param letters of all of them, each counted once
     */
    void fragments(int distinct, long letters);

    /**
     * One round of expectation maximization is done.
     *
     * @param done how many there have been
     * @param expected how many there will be
     * @param pieces how many pieces are left
     * @param logLikelihood natural logarithm of the text's probability before the round, a mean over its letters
     */
    void iterated(int done, int expected, int pieces, double logLikelihood);
}
