package org.alluvium.tokenizer.train.unigram;

import java.util.Arrays;

/**
 * How often each piece is expected in all segmentations of the text, each weighted by its probability: the forward-backward
 * algorithm on products of probabilities.
 *
 * <p>Probabilities are numbers, not logarithms: so there is no exponential for each edge. Where they would get too small they
 * are multiplied by a power of two, and each position remembers how often. Sums over the text are in fixed point: additions of
 * whole numbers give the same in any order, so with any number of threads. Used by one thread.
 */
final class Expectation {

    private static final double STEP = 0x1p256;
    private static final double TOO_SMALL = 0x1p-256;
    /** Less than any sum over the text can show. */
    private static final double NOTHING = 0x1p-800;

    private static final int FIXED_POINT_BITS = 61;
    private static final int MOST_FRACTION_BITS = 40;
    private static final double OBJECTIVE_UNIT = 0x1p-16;

    private final Fragments fragments;
    private final Pieces pieces;
    private final int longest;
    private final double unit;
    private final long[] expected;
    private double[] forward = new double[0];
    private double[] backward = new double[0];
    private int[] steps = new int[0];
    private long objective;

    /**
     * Counts nothing yet.
     *
     * @param letters how many letters the text has, counting each fragment as often as it occurs
     */
    Expectation(Fragments fragments, Pieces pieces, long letters) {
        this.fragments = fragments;
        this.pieces = pieces;
        this.longest = pieces.longest();
        int wholeBits = Long.SIZE - Long.numberOfLeadingZeros(letters);
        this.unit = Math.scalb(1.0, Math.min(MOST_FRACTION_BITS, FIXED_POINT_BITS - wholeBits));
        this.expected = new long[pieces.size() + 1];
    }

    void add(Lattice lattice) {
        for (int fragment = lattice.firstFragment(); fragment < lattice.endFragment(); fragment++) {
            int start = fragments.start(fragment);
            int length = fragments.end(fragment) - start;
            reserve(length + 1);
            forward(lattice, start, length);
            backward(lattice, start, length, unit * fragments.count(fragment) / forward[length]);
            double likelihood = StrictMath.log(forward[length]) - steps[length] * StrictMath.log(STEP);
            objective += Math.round(likelihood * fragments.count(fragment) / OBJECTIVE_UNIT);
        }
    }

    void add(Expectation other) {
        for (int i = 0; i < expected.length; i++) {
            expected[i] += other.expected[i];
        }
        objective += other.objective;
    }

    /** How often a piece is expected. */
    double count(int piece) {
        return expected[piece] / unit;
    }

    /** The logarithm of the text's probability. */
    double logLikelihood() {
        return objective * OBJECTIVE_UNIT;
    }

    private void reserve(int size) {
        if (forward.length < size) {
            forward = new double[2 * size];
            backward = new double[2 * size];
            steps = new int[2 * size];
        }
    }

    private void forward(Lattice lattice, int start, int length) {
        int[] edges = lattice.edges();
        Arrays.fill(forward, 0, length + 1, 0);
        forward[0] = 1;
        steps[0] = 0;
        int edge = lattice.firstEdge(start);
        for (int at = 0; at < length; at++) {
            if (forward[at] < TOO_SMALL) {
                scale(at, length);
            }
            double here = forward[at];
            int end = lattice.firstEdge(start + at + 1);
            for (; edge < end; edge++) {
                int piece = edges[edge];
                forward[at + pieces.length(piece)] += here * pieces.probability(piece);
            }
            steps[at + 1] = steps[at];
        }
    }

    /** Scales the positions that pieces reach from before here, unless one of them is large. */
    private void scale(int at, int length) {
        int end = Math.min(length, at + longest);
        double largest = 0;
        for (int i = at; i <= end; i++) {
            largest = Math.max(largest, forward[i]);
        }
        if (largest < TOO_SMALL) {
            for (int i = at; i <= end; i++) {
                forward[i] *= STEP;
            }
            steps[at]++;
        }
    }

    private void backward(Lattice lattice, int start, int length, double share) {
        int[] edges = lattice.edges();
        backward[length] = 1;
        int edge = lattice.firstEdge(start + length);
        for (int at = length - 1; at >= 0; at--) {
            int first = lattice.firstEdge(start + at);
            double here = forward[at];
            if (here < NOTHING) {
                backward[at] = 0;
                edge = first;
                continue;
            }
            double shareHere = here * share;
            double sum = 0;
            while (--edge >= first) {
                int piece = edges[edge];
                int end = at + pieces.length(piece);
                double weight = pieces.probability(piece) * backward[end];
                if (steps[end] != steps[at]) {
                    weight = rescaled(weight, steps[end] - steps[at]);
                }
                sum += weight;
                expected[piece] += (long) (shareHere * weight + 0.5);
            }
            edge = first;
            backward[at] = sum;
        }
    }

    private static double rescaled(double weight, int times) {
        double scaled = weight;
        for (int i = 0; i < times; i++) {
            scaled *= STEP;
        }
        return scaled;
    }
}
