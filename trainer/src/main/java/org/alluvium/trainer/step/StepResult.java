package org.alluvium.trainer.step;

import java.util.List;
import org.alluvium.trainer.data.PieceLoss;

/**
 * What came out of a step.
 *
 * @param step from 1
 * @param loss mean cross entropy of the step's targets in nats, before the update
 * @param lossSum their sum in nats
 * @param learningRate of the update
 * @param gradNorm global norm of the gradient before clipping
 * @param pieces what was lost on each piece of the step, in its order
 */
public record StepResult(
        long step, double loss, double lossSum, double learningRate, double gradNorm, List<PieceLoss> pieces) {

    private static final double NATS_PER_BIT = Math.log(2);

    public StepResult {
        pieces = List.copyOf(pieces);
    }

    /**
     * Prequential bits per byte (Dawid, 1984): the loss of text that the model had not learned from, in bits, over the
     * bytes of that text. What a byte is attributed to is said at {@link org.alluvium.trainer.data.Piece#textBytes}.
     *
     * @param textBytes text bytes that the step's targets stand for
     */
    public double bitsPerByte(long textBytes) {
        return lossSum / NATS_PER_BIT / textBytes;
    }
}
