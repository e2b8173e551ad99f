package org.alluvium.dashboard.probe;

import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.probe.Reading;

/**
 * How well a model knows the beginning of a document.
 *
 * @param step of the checkpoint
 * @param tokens that were read
 * @param of tokens that the document has
 * @param lossPerToken mean cross entropy of all tokens but the first, in nats
 * @param bitsPerByte the same in bits over the bytes of their text
 */
public record DocumentLoss(long step, int tokens, int of, double lossPerToken, double bitsPerByte) {

    /** Of a document's tokens; not a number where there are fewer than two. */
    public static DocumentLoss of(LoadedModel loaded, Checkpoint checkpoint, int[] document) {
        if (document.length < 2) {
            return new DocumentLoss(checkpoint.step(), document.length, document.length, Double.NaN, Double.NaN);
        }
        Reading reading = Reading.of(loaded.of(checkpoint), document, loaded.vocabulary(checkpoint));
        double nats = reading.tokens().stream()
                .skip(1) // nothing stands before the first
                .mapToDouble(token -> -Math.log(token.probability()))
                .sum();
        int tokens = reading.tokens().size();
        return new DocumentLoss(checkpoint.step(), tokens, document.length, nats / (tokens - 1), reading.bitsPerByte());
    }
}
