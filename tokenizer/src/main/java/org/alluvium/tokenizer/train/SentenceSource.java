package org.alluvium.tokenizer.train;

/**
 * Text to train on, sentence by sentence; read twice where a sample is drawn, and the same both times. A sentence is what a
 * vocabulary sees as a whole: a line of a file, a line of a document.
 */
@FunctionalInterface
public interface SentenceSource {

    /** Reads all sentences from the first on, until the reader has enough. */
    void read(Reader reader);

    /** Is given sentences. */
    @FunctionalInterface
    interface Reader {

        /**
         * Takes one sentence.
         *
         * @param text UTF-8, not necessarily valid; may be written to again afterwards
         * @param from where the sentence begins
         * @param to where it ends
         * @param count how often it occurs, at least 1
         * @return whether more is wanted
         */
        boolean accept(byte[] text, int from, int to, long count);
    }
}
