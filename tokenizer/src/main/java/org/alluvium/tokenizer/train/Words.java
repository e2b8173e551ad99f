package org.alluvium.tokenizer.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.alluvium.tokenizer.train.unigram.CountedStrings;

/**
 * Distinct words with their counts, all in a few arrays: word {@code w} is {@code points[start(w)]} to
 * {@code points[end(w) - 1]}, code points with U+2581 for a space. Immutable; the array must not be written to.
 */
public final class Words {

    /** A word that another one follows, which begins with a space. */
    static final int INSIDE = 1;

    /** The last word of a sentence. */
    static final int LAST = 2;

    /** A word that another one follows, whatever it begins with. */
    static final int ANYWHERE = INSIDE | LAST;

    private final int[] points;
    private final int[] starts;
    private final long[] counts;
    private final byte[] places;

    /**
     * @param points the code points of all words, one after the other
     * @param starts where each word begins, and where the last one ends: (number of words + 1)
     * @param counts how often each word occurs, (number of words)
     * @param places where each word occurs, {@link #INSIDE}, {@link #LAST} or both, (number of words)
     */
    Words(int[] points, int[] starts, long[] counts, byte[] places) {
        this.points = points;
        this.starts = starts;
        this.counts = counts;
        this.places = places;
    }

    /** Number of distinct words. */
    public int size() {
        return counts.length;
    }

    /** How often word {@code w} occurs; at least 1. */
    public long count(int w) {
        return counts[w];
    }

    /** Index in {@link #points()} of the first code point of word {@code w}. */
    public int start(int w) {
        return starts[w];
    }

    /** Index in {@link #points()} behind the last code point of word {@code w}. */
    public int end(int w) {
        return starts[w + 1];
    }

    /** The code points of all words; not a copy. */
    public int[] points() {
        return points;
    }

    /** Word {@code w} as text. */
    public String text(int w) {
        return new String(points, start(w), end(w) - start(w));
    }

    /** Shows all words with their counts. */
    public void forEach(CountedStrings.Visitor visitor) {
        for (int w = 0; w < size(); w++) {
            visitor.visit(points, start(w), end(w), counts[w], next(w));
        }
    }

    private int next(int w) {
        return switch (places[w]) {
            case INSIDE -> TrainingText.SPACE_SYMBOL;
            case LAST -> CountedStrings.END;
            default -> CountedStrings.SEVERAL;
        };
    }

    /** Where word {@code w} occurs. */
    int places(int w) {
        return places[w];
    }

    /** The same words, frequent ones first, and equally frequent ones in the order of their code points. */
    Words sorted() {
        Comparator<Integer> order = Comparator.<Integer>comparingLong(w -> -counts[w])
                .thenComparing((a, b) -> Arrays.compare(points, start(a), end(a), points, start(b), end(b)));
        return pick(IntStream.range(0, size())
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray());
    }

    /** The given words in the given order. */
    Words pick(int[] order) {
        int[] pickedStarts = new int[order.length + 1];
        long[] pickedCounts = new long[order.length];
        byte[] pickedPlaces = new byte[order.length];
        for (int i = 0; i < order.length; i++) {
            pickedCounts[i] = counts[order[i]];
            pickedPlaces[i] = places[order[i]];
            pickedStarts[i + 1] = pickedStarts[i] + end(order[i]) - start(order[i]);
        }
        int[] pickedPoints = new int[pickedStarts[order.length]];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(
                    points, start(order[i]), pickedPoints, pickedStarts[i], pickedStarts[i + 1] - pickedStarts[i]);
        }
        return new Words(pickedPoints, pickedStarts, pickedCounts, pickedPlaces);
    }
}
