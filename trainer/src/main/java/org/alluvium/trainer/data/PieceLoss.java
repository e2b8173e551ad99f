package org.alluvium.trainer.data;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model lost on a piece of a document.
 *
 * @param piece of the document
 * @param lossSum cross entropy of the piece's targets, in nats
 */
public record PieceLoss(Piece piece, double lossSum) {

    /**
     * Adds up the losses of tokens by piece.
     *
     * @param pieces as a {@link Packer} laid them: one after another from the first position on
     * @param tokenLosses (accumulate * B * T) of all its batches, in order
     */
    public static List<PieceLoss> of(List<Piece> pieces, float[] tokenLosses) {
        List<PieceLoss> losses = new ArrayList<>(pieces.size());
        int position = 0;
        for (Piece piece : pieces) {
            int end = position + piece.tokens();
            double sum = 0;
            while (position < end) {
                sum += tokenLosses[position++];
            }
            losses.add(new PieceLoss(piece, sum));
        }
        return losses;
    }
}
