package org.alluvium.trainer.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Draws tokens from logits as {@link Sampling} says; equal logits are ordered by id, so that draws repeat. */
final class TokenDraw {

    private final Sampling sampling;
    private final SplittableRandom random;

    TokenDraw(Sampling sampling) {
        this.sampling = sampling;
        this.random = new SplittableRandom(sampling.seed());
    }

    int next(float[] logits) {
        List<Integer> candidates = new ArrayList<>(logits.length);
        for (int id = 0; id < logits.length; id++) {
            candidates.add(id);
        }
        Comparator<Integer> byLogit = Comparator.comparingDouble(id -> logits[id]);
        Collections.sort(candidates, byLogit.reversed().thenComparing(Comparator.naturalOrder()));
        if (sampling.temperature() == 0) {
            return candidates.getFirst();
        }
        if (sampling.topK() > 0 && sampling.topK() < candidates.size()) {
            candidates = candidates.subList(0, sampling.topK());
        }
        return draw(candidates, weights(candidates, logits));
    }

    /** Unnormalized probabilities, the likeliest's being 1. */
    private double[] weights(List<Integer> candidates, float[] logits) {
        double largest = logits[candidates.getFirst()];
        double[] weights = new double[candidates.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = StrictMath.exp((logits[candidates.get(i)] - largest) / sampling.temperature());
        }
        return weights;
    }

    private int draw(List<Integer> candidates, double[] weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double nucleus = 0;
        int kept = 0;
        while (kept < weights.length && (kept == 0 || nucleus < sampling.topP() * total)) {
            nucleus += weights[kept++];
        }
        double point = random.nextDouble() * nucleus;
        for (int i = 0; i < kept; i++) {
            point -= weights[i];
            if (point < 0) {
                return candidates.get(i);
            }
        }
        return candidates.get(kept - 1); // rounding left a crumb
    }
}
