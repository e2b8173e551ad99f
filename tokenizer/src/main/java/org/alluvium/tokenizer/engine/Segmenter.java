package org.alluvium.tokenizer.engine;

import java.util.Optional;

/**
 * How a kind of model cuts normalized text into pieces. Immutable and shared by all threads; what a thread needs to write to
 * is in its {@link Worker}.
 *
 * <p>To plug in another algorithm, implement this interface over the data of the model and name it in
 * {@link PieceEncoder#of}, which also picks the {@link Normalizer}.
 */
interface Segmenter {

    /** Scratch memory for one thread. */
    Worker worker();

    /** The pieces of a unigram model, whose texts have many segmentations; no other kind has them. */
    default Optional<UnigramPieces> unigram() {
        return Optional.empty();
    }

    /** Segments text with the scratch memory of one thread; calls do not depend on each other. */
    interface Worker {

        /**
         * Cuts a whole normalized text into pieces.
         *
         * @param text valid UTF-8; {@link Normalizer#SLACK} bytes behind {@code to} may be read and mean nothing
         * @param from where the text begins
         * @param to where it ends; may be {@code from}
         * @param out is told the pieces in order: {@link Tokens#add} for a piece with an id of its own,
         *     {@link Tokens#unknown} for text that is the unknown piece
         */
        void segment(byte[] text, int from, int to, Tokens out);
    }
}
