package org.alluvium.tokenizer.train.unigram;

import java.util.Arrays;
import org.alluvium.tokenizer.train.unigram.Segmentation.Alternative;

/**
 * Which pieces to keep: those without which the text would be least likely.
 *
 * <p>The loss of a piece is estimated as SentencePiece does it: its occurrences in the most likely segmentation become those of
 * its best alternative, and everything else stays. An unknown letter in it counts as the commonest one, and so costs little: it
 * will be a piece again in the end, as every letter is.
 */
final class Pruning {

    private final long[] counts;
    private final double total;
    private final int commonest;

    /**
     * Ready to judge.
     *
     * @param counts occurrences of each piece in the most likely segmentation, and behind them of unknown letters
     * @param commonest the piece that an unknown letter counts as
     */
    Pruning(long[] counts, int commonest) {
        this.counts = counts;
        this.commonest = commonest;
        this.total = Arrays.stream(counts).asDoubleStream().sum();
    }

    /**
     * By how much the text's log likelihood shrinks without the piece: infinite for what has no alternative, negative
     * infinite for what does not occur.
     */
    double loss(int piece, Alternative alternative) {
        if (counts[piece] == 0 || alternative.better()) {
            return Double.NEGATIVE_INFINITY;
        }
        int[] others = alternative.pieces();
        if (others.length == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double count = counts[piece];
        // The sum does not grow so much. But with SentencePiece's, what is frequent matters more, and unseen text has
        // fewer tokens.
        double logTotalWithout = StrictMath.log(total + count * (counts.length - 2));
        double without = 0;
        for (int other : others) {
            long before = counts[other == counts.length - 1 ? commonest : other];
            without += StrictMath.log(before + count) - logTotalWithout;
        }
        double with = StrictMath.log(count) - StrictMath.log(total);
        return count * (with - without);
    }

    /** The pieces with the largest losses, ascending; of equal ones those that came first; all that have no alternative. */
    static int[] keep(double[] losses, int limit) {
        double[] sorted = Arrays.stream(losses)
                .filter(loss -> loss != Double.NEGATIVE_INFINITY)
                .sorted()
                .toArray();
        if (sorted.length <= limit) {
            return indicesFrom(losses, -Double.MAX_VALUE, Integer.MAX_VALUE);
        }
        double threshold = sorted[sorted.length - limit];
        int above = 0;
        for (double loss : losses) {
            above += loss > threshold ? 1 : 0;
        }
        return indicesFrom(
                losses, threshold, threshold == Double.POSITIVE_INFINITY ? Integer.MAX_VALUE : limit - above);
    }

    private static int[] indicesFrom(double[] losses, double threshold, int equals) {
        int[] kept = new int[losses.length];
        int size = 0;
        int left = equals;
        for (int i = 0; i < losses.length; i++) {
            if (losses[i] > threshold || (losses[i] == threshold && left-- > 0)) {
                kept[size++] = i;
            }
        }
        return Arrays.copyOf(kept, size);
    }
}
