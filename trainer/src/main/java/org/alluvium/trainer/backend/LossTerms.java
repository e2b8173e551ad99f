package org.alluvium.trainer.backend;

/**
 * What the gradient of the loss is of, besides the cross entropy of the logits as they are.
 *
 * <pre>
 * l' = softCap tanh(l / softCap)                  or l' = l with softCap 0
 * loss = log sum exp(l') - l'[target]             what is reported
 * objective = loss + zWeight (log sum exp(l'))^2  what the gradient is of
 * </pre>
 *
 * @param softCap the largest absolute logit (Gemma 2, arXiv 2408.00118), or 0 for none
 * @param zWeight of the z-loss (PaLM, arXiv 2204.02311), which keeps the sum of exponentials near 1; 0 for none
 */
public record LossTerms(double softCap, double zWeight) {

    /** The cross entropy alone. */
    public static final LossTerms PLAIN = new LossTerms(0, 0);
}
