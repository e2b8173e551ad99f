package org.alluvium.trainer.backend.reference;

import org.alluvium.trainer.backend.LossTerms;

/** The loss of rows of logits, and its gradient; see {@link LossTerms}. */
final class ReferenceCrossEntropy {

    private final ReferenceTensor logits; // (N,V)
    private final ReferenceIndices targets; // (N)
    private final LossTerms terms;
    private final int vocabulary;

    ReferenceCrossEntropy(ReferenceTensor logits, ReferenceIndices targets, LossTerms terms, int vocabulary) {
        this.logits = logits;
        this.targets = targets;
        this.terms = terms;
        this.vocabulary = vocabulary;
    }

    void forward(ReferenceTensor losses, int rows) {
        for (int n = 0; n < rows; n++) {
            int target = targets.get(n);
            losses.set(n, target < 0 ? 0 : logSumExp(n) - bent(n, target));
        }
    }

    /** Fills the gradient of {@code scale * sum(objectives)}, which may be the logits. */
    void backward(ReferenceTensor gradient, double scale, int rows) {
        for (int n = 0; n < rows; n++) {
            int target = targets.get(n);
            double sum = logSumExp(n);
            double factor = 1 + 2 * terms.zWeight() * sum;
            for (int v = 0; v < vocabulary; v++) {
                double bent = bent(n, v);
                double share = terms.softCap() > 0 ? bent / terms.softCap() : 0;
                double slope = StrictMath.exp(bent - sum) * factor - (v == target ? 1 : 0);
                gradient.set(n * vocabulary + v, target < 0 ? 0 : slope * (1 - share * share) * scale);
            }
        }
    }

    private double bent(int row, int v) {
        double logit = logits.get(row * vocabulary + v);
        return terms.softCap() > 0 ? terms.softCap() * StrictMath.tanh(logit / terms.softCap()) : logit;
    }

    private double logSumExp(int row) {
        double max = Double.NEGATIVE_INFINITY;
        for (int v = 0; v < vocabulary; v++) {
            max = Math.max(max, bent(row, v));
        }
        double sum = 0;
        for (int v = 0; v < vocabulary; v++) {
            sum += StrictMath.exp(bent(row, v) - max);
        }
        return max + StrictMath.log(sum);
    }
}
