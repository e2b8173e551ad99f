package org.alluvium.trainer.model;

/**
 * Every dimension of the transformer.
 *
 * @param vocabulary V
 * @param context T, the longest sequence it is trained on
 * @param layers L
 * @param channels C
 * @param heads H, query heads
 * @param kvHeads key and value heads; divides heads
 * @param hidden width of the SwiGLU hidden layer
 * @param ropeTheta base of the rotary frequencies
 * @param normEpsilon added under the root of RMSNorm
 * @param tiedEmbeddings whether the output projection is the token embedding
 */
public record ModelShape(
        int vocabulary,
        int context,
        int layers,
        int channels,
        int heads,
        int kvHeads,
        int hidden,
        double ropeTheta,
        double normEpsilon,
        boolean tiedEmbeddings) {

    /** Width of a head. */
    public int headSize() {
        return channels / heads;
    }
}
