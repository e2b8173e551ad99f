package org.alluvium.tokenizer.train.unigram;

import java.util.Arrays;

/**
 * Candidates for a vocabulary, each as a stretch of the fragments' letters, with the logarithm of its probability.
 *
 * <p>Numbered from zero; the number one beyond the last stands for an unknown letter.
 */
final class Pieces {

    /** How much less likely than the least likely piece an unknown letter is, as the logarithm of the ratio. */
    private static final double UNKNOWN_PENALTY = 10;

    private final int[] offsets;
    private final int[] lengths;
    private final double[] scores;
    private final double[] probabilities;

    /**
     * Takes the arrays over.
     *
     * @param scores natural logarithms of probabilities, one for each piece
     */
    Pieces(int[] offsets, int[] lengths, double[] scores) {
        this.offsets = offsets;
        this.lengths = Arrays.copyOf(lengths, offsets.length + 1);
        this.scores = Arrays.copyOf(scores, offsets.length + 1);
        int unknown = offsets.length;
        double least = 0;
        for (int i = 0; i < unknown; i++) {
            least = Math.min(least, scores[i]);
        }
        this.lengths[unknown] = 1;
        this.scores[unknown] = least - UNKNOWN_PENALTY;
        this.probabilities = new double[unknown + 1];
        for (int i = 0; i <= unknown; i++) {
            this.probabilities[i] = Math.exp(this.scores[i]);
        }
    }

    int size() {
        return offsets.length;
    }

    /** What stands for a letter that is no piece itself. */
    int unknown() {
        return offsets.length;
    }

    int offset(int piece) {
        return offsets[piece];
    }

    int end(int piece) {
        return offsets[piece] + lengths[piece];
    }

    int length(int piece) {
        return lengths[piece];
    }

    int longest() {
        return Arrays.stream(lengths).max().orElse(1);
    }

    double score(int piece) {
        return scores[piece];
    }

    double probability(int piece) {
        return probabilities[piece];
    }

    double leastScore() {
        return scores[unknown()] + UNKNOWN_PENALTY;
    }

    /** Some of these pieces, in the given order, with new scores. */
    Pieces select(int[] kept, double[] newScores) {
        int[] newOffsets = new int[kept.length];
        int[] newLengths = new int[kept.length];
        for (int i = 0; i < kept.length; i++) {
            newOffsets[i] = offsets[kept[i]];
            newLengths[i] = lengths[kept[i]];
        }
        return new Pieces(newOffsets, newLengths, newScores);
    }
}
