package org.alluvium.trainer.guard;

import org.alluvium.trainer.data.PieceLoss;
import org.alluvium.trainer.data.TrainingDocument;

/**
 * A document that a bad step is put down to, with what a person needs to find it.
 *
 * @param source short name of its source
 * @param origin the file or topic, and the place in it
 * @param id of the document
 * @param contentHash of its text, by which it is left out
 * @param firstStep the step in which its first token was an input
 * @param lossPerToken mean cross entropy of its targets in the step, in nats
 */
public record BlamedDocument(
        String source, String origin, String id, String contentHash, long firstStep, double lossPerToken) {

    static BlamedDocument of(PieceLoss loss, long firstStep) {
        TrainingDocument document = loss.piece().document();
        return new BlamedDocument(
                document.provenance().source(),
                document.provenance().origin(),
                document.id(),
                document.contentHash().toString(),
                firstStep,
                loss.lossSum() / Math.max(1, loss.piece().scoredTokens()));
    }
}
