package org.alluvium.trainer.guard;

import java.util.Comparator;
import java.util.List;
import org.alluvium.trainer.data.PieceLoss;

/**
 * A step before its update.
 *
 * @param step from 1
 * @param loss mean cross entropy of its targets in nats
 * @param gradNorm global norm of its gradient
 * @param pieces what was lost on each piece of it, in order; at least one
 */
public record Observation(long step, double loss, double gradNorm, List<PieceLoss> pieces) {

    public Observation {
        pieces = List.copyOf(pieces);
    }

    int targets() {
        return pieces.stream().mapToInt(piece -> piece.piece().scoredTokens()).sum();
    }

    boolean isFinite() {
        return Double.isFinite(loss) && Double.isFinite(gradNorm);
    }

    /** The first step of the document that this step ends in, or 0 if it ends with a document. */
    long cut(long cutBefore) {
        PieceLoss last = pieces.getLast();
        boolean whole = last.piece().to() == last.piece().document().length();
        return whole ? 0 : firstStep(last, cutBefore);
    }

    /** Only the first piece of a step can continue a document, and that one continues the one that was cut. */
    long firstStep(PieceLoss piece, long cutBefore) {
        return piece.piece().from() == 0 || cutBefore == 0 ? step : cutBefore;
    }

    /** The document that adds most to the loss above its mean. */
    BlamedDocument suspect(long cutBefore) {
        PieceLoss worst = pieces.stream()
                .max(Comparator.comparingDouble(piece -> excess(piece, loss)))
                .orElseThrow();
        return BlamedDocument.of(worst, firstStep(worst, cutBefore));
    }

    /** Nats that a piece lost beyond what it would have at a mean loss. */
    static double excess(PieceLoss piece, double mean) {
        return piece.lossSum() - mean * piece.piece().scoredTokens();
    }
}
