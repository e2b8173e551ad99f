package org.alluvium.tokenizer.train.unigram;

import java.util.Arrays;

/** The most likely segmentation (Viterbi), of fragments to count their pieces, and of a piece without itself. One thread's. */
final class Segmentation {

    private static final int NO_PIECE = -1;

    private final Fragments fragments;
    private final Pieces pieces;
    private final long[] counts;
    private double[] scores = new double[0];
    private int[] last = new int[0];

    Segmentation(Fragments fragments, Pieces pieces) {
        this.fragments = fragments;
        this.pieces = pieces;
        this.counts = new long[pieces.size() + 1];
    }

    /** Counts the pieces of all fragments of a lattice. */
    void add(Lattice lattice) {
        for (int fragment = lattice.firstFragment(); fragment < lattice.endFragment(); fragment++) {
            int start = fragments.start(fragment);
            int length = fragments.end(fragment) - start;
            long count = fragments.count(fragment);
            segment(lattice, start, length, NO_PIECE);
            for (int end = length; end > 0; end -= pieces.length(last[end])) {
                counts[last[end]] += count;
            }
        }
    }

    void add(Segmentation other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    /** How often each piece was counted; the last entry is for unknown letters. */
    long[] counts() {
        return counts;
    }

    /**
     * The most likely way to write a piece by others.
     *
     * @param lattice the one that holds the place where the piece was found
     */
    Alternative alternative(Lattice lattice, int piece) {
        int length = pieces.length(piece);
        if (length == 1) {
            return Alternative.NONE;
        }
        segment(lattice, pieces.offset(piece), length, piece);
        if (scores[length] > pieces.score(piece)) {
            return Alternative.BETTER;
        }
        int[] others = new int[length];
        int size = 0;
        for (int end = length; end > 0; end -= pieces.length(last[end])) {
            others[size++] = last[end];
        }
        return new Alternative(false, Arrays.copyOf(others, size));
    }

    private void segment(Lattice lattice, int start, int length, int excluded) {
        if (scores.length <= length) {
            scores = new double[2 * length + 1];
            last = new int[2 * length + 1];
        }
        Arrays.fill(scores, 1, length + 1, Double.NEGATIVE_INFINITY);
        int[] edges = lattice.edges();
        int edge = lattice.firstEdge(start);
        for (int at = 0; at < length; at++) {
            double here = scores[at];
            int next = lattice.firstEdge(start + at + 1);
            for (; edge < next; edge++) {
                int piece = edges[edge];
                int end = at + pieces.length(piece);
                if (end <= length && piece != excluded && here + pieces.score(piece) > scores[end]) {
                    scores[end] = here + pieces.score(piece);
                    last[end] = piece;
                }
            }
        }
    }

    /** What stands in for a piece that goes. Immutable. */
    static final class Alternative {
        static final Alternative NONE = new Alternative(false);
        static final Alternative BETTER = new Alternative(true);

        private final boolean better;
        private final int[] pieces;

        /**
         * An alternative.
         *
         * @param better whether it is more probable than the piece, which then never occurs
         * @param pieces the others, from the last to the first; none for a letter
         */
        Alternative(boolean better, int... pieces) {
            this.better = better;
            this.pieces = pieces.clone();
        }

        boolean better() {
            return better;
        }

        int[] pieces() {
            return pieces;
        }
    }
}
