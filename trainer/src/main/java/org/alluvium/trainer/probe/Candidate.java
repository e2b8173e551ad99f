package org.alluvium.trainer.probe;

import java.util.Arrays;
import java.util.List;
import org.alluvium.tokenizer.Vocabulary;

/**
 * A token that could come next.
 *
 * @param id of the token
 * @param text as it would stand in the text
 * @param probability that the model gives it
 */
public record Candidate(int id, String text, double probability) {

    /** The likeliest, in falling order; equal ones by their ids. */
    static List<Candidate> likeliest(double[] probabilities, int count, Vocabulary vocabulary) {
        return Arrays.stream(Largest.of(probabilities, count))
                .mapToObj(id -> new Candidate(id, TokenText.of(vocabulary, id), probabilities[id]))
                .toList();
    }

    /** Probabilities of logits: their softmax. */
    static double[] probabilities(float[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double[] probabilities = new double[logits.length];
        double sum = 0;
        for (int id = 0; id < logits.length; id++) {
            probabilities[id] = Math.exp(logits[id] - largest);
            sum += probabilities[id];
        }
        for (int id = 0; id < logits.length; id++) {
            probabilities[id] /= sum;
        }
        return probabilities;
    }
}
