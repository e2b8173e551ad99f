package org.alluvium.trainer.eval;

/**
 * How well a model predicts documents it never learned from.
 *
 * @param documents that were scored
 * @param textBytes of their texts, as {@link org.alluvium.trainer.data.Piece#textBytes} counts
 * @param lossSum cross entropy of all their targets, in nats
 */
public record HeldOutScore(int documents, long textBytes, double lossSum) {

    private static final double NATS_PER_BIT = Math.log(2);

    /** Bits needed per byte of text. */
    public double bitsPerByte() {
        return lossSum / NATS_PER_BIT / textBytes;
    }
}
