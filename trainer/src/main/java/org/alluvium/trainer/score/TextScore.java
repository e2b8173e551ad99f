package org.alluvium.trainer.score;

/**
 * What a model lost on texts.
 *
 * @param documents that begin among them
 * @param textBytes of their texts, as {@link org.alluvium.trainer.data.Piece#textBytes} counts
 * @param lossSum cross entropy of all their targets, in nats
 */
public record TextScore(long documents, long textBytes, double lossSum) {

    /** Of no text. */
    public static final TextScore NONE = new TextScore(0, 0, 0);

    private static final double NATS_PER_BIT = Math.log(2);

    /** Bits needed per byte of text; not a number where there is no text. */
    public double bitsPerByte() {
        return lossSum / NATS_PER_BIT / textBytes;
    }

    /** Of these texts and others. */
    TextScore plus(TextScore other) {
        return new TextScore(documents + other.documents, textBytes + other.textBytes, lossSum + other.lossSum);
    }
}
