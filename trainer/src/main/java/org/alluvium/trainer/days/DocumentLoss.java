package org.alluvium.trainer.days;

/**
 * What a model lost on a whole document.
 *
 * @param id of the document
 * @param tokens that were predicted
 * @param textBytes of its text
 * @param lossSum cross entropy of its tokens, in nats
 */
public record DocumentLoss(String id, long tokens, long textBytes, double lossSum) {

    private static final double NATS_PER_BIT = Math.log(2);

    double bits() {
        return lossSum / NATS_PER_BIT;
    }
}
