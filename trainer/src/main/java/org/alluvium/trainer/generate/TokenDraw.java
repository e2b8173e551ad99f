package org.alluvium.trainer.generate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
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
        int[] candidates = likeliest(logits, candidates(logits.length));
        return sampling.temperature() == 0 ? candidates[0] : draw(candidates, weights(candidates, logits));
    }

    /** How many tokens are drawn from, before top-p. */
    private int candidates(int vocabulary) {
        if (sampling.temperature() == 0) {
            return 1;
        }
        return sampling.topK() > 0 ? Math.min(sampling.topK(), vocabulary) : vocabulary;
    }

    /** The ids of the largest logits, in falling order. */
    private static int[] likeliest(float[] logits, int count) {
        long[] keys = new long[logits.length];
        for (int id = 0; id < keys.length; id++) {
            keys[id] = key(logits[id], id);
        }
        long[] chosen = count < keys.length ? smallest(keys, count) : keys;
        Arrays.sort(chosen);
        return Arrays.stream(chosen).mapToInt(key -> (int) key).toArray();
    }

    private static long[] smallest(long[] keys, int count) {
        PriorityQueue<Long> smallest = new PriorityQueue<>(count, Comparator.reverseOrder());
        for (long key : keys) {
            if (smallest.size() < count) {
                smallest.add(key);
            } else if (key < smallest.element()) {
                smallest.remove();
                smallest.add(key);
            }
        }
        return smallest.stream().mapToLong(Long::longValue).toArray();
    }

    /** Smaller for larger logits, and for smaller ids of equal ones. */
    private static long key(float logit, int id) {
        int bits = Float.floatToIntBits(logit);
        int ascending = bits ^ (bits >> 31 & Integer.MAX_VALUE); // two's complement of a float's sign and magnitude
        return (long) ~ascending << Integer.SIZE | id;
    }

    /** Unnormalized probabilities, the likeliest's being 1. */
    private double[] weights(int[] candidates, float[] logits) {
        double largest = logits[candidates[0]];
        double[] weights = new double[candidates.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = StrictMath.exp((logits[candidates[i]] - largest) / sampling.temperature());
        }
        return weights;
    }

    private int draw(int[] candidates, double[] weights) {
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
                return candidates[i];
            }
        }
        return candidates[kept - 1]; // rounding left a crumb
    }
}
