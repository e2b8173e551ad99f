package org.alluvium.tokenizer.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * All ways to cut one normalized text into the pieces of a unigram model, in double precision. An edge is a piece at a place; the
 * edges that end at the same place are linked. For n-best and sampling, which nothing is exact to the last digit for; the
 * best way alone is {@link BestPath}'s. Memory is proportional to the edges. Not thread-safe.
 */
final class UnigramLattice {

    private static final int UNKNOWN = -1;
    private static final int NONE = -1;

    private final byte[] text;
    private final CodedText coded;
    private final int size;
    private final int[] lastEdge;
    private int edges;
    private int[] start = new int[64];
    private int[] id = new int[64];
    private int[] previous = new int[64];
    private double[] score = new double[64];

    /** Of the text from {@code from} to before {@code to}. */
    UnigramLattice(UnigramPieces pieces, byte[] text, int from, int to) {
        this.text = text;
        this.coded = new CodedText(pieces.alphabet);
        coded.set(text, from, to);
        this.size = coded.length;
        this.lastEdge = new int[size + 1];
        Arrays.fill(lastEdge, NONE);
        for (int at = 0; at < size; at++) {
            addEdgesFrom(at, pieces);
        }
    }

    private void addEdgesFrom(int begin, UnigramPieces pieces) {
        boolean single = false;
        long node = pieces.trie.root;
        for (int at = begin; at < size; ) {
            int code = coded.codes[at];
            node = pieces.trie.nodes[PieceTrie.offset(node) ^ code];
            if (PieceTrie.label(node) != code) {
                break;
            }
            at++;
            int piece = PieceTrie.value(node);
            if (piece != PieceTrie.NONE) {
                add(begin, at, piece, pieces.scores[piece]);
                single |= at == begin + 1;
            }
        }
        if (!single) {
            add(begin, begin + 1, UNKNOWN, pieces.unknownScore);
        }
    }

    private void add(int begin, int end, int piece, double pieceScore) {
        if (edges == start.length) {
            start = Arrays.copyOf(start, 2 * edges);
            id = Arrays.copyOf(id, 2 * edges);
            previous = Arrays.copyOf(previous, 2 * edges);
            score = Arrays.copyOf(score, 2 * edges);
        }
        start[edges] = begin;
        id[edges] = piece;
        score[edges] = pieceScore;
        previous[edges] = lastEdge[end];
        lastEdge[end] = edges++;
    }

    /** A way to a place: its last edge, and the way before that. */
    record Way(double score, int edge, Way before) {}

    /**
     * The best ways through the text, the best first; of equal ones, that with the shorter last piece first.
     *
     * @param count how many at most, at least 1
     */
    List<Way> best(int count) {
        List<List<Way>> ways = new ArrayList<>(size + 1);
        ways.add(List.of(new Way(0, NONE, null)));
        for (int end = 1; end <= size; end++) {
            List<Way> candidates = new ArrayList<>();
            for (int edge = lastEdge[end]; edge != NONE; edge = previous[edge]) {
                for (Way way : ways.get(start[edge])) {
                    candidates.add(new Way(way.score() + score[edge], edge, way));
                }
            }
            candidates.sort(Comparator.comparingDouble(Way::score).reversed());
            ways.add(List.copyOf(candidates.subList(0, Math.min(count, candidates.size()))));
        }
        return ways.get(size);
    }

    /**
     * A way at random: one of score s with a probability proportional to exp(smoothing s) (Kudo 2018, section 3.1, by filtering
     * forward and sampling backward over all ways).
     */
    Way sample(double smoothing, RandomGenerator random) {
        double[] sums = new double[size + 1];
        for (int end = 1; end <= size; end++) {
            double sum = Double.NEGATIVE_INFINITY;
            for (int edge = lastEdge[end]; edge != NONE; edge = previous[edge]) {
                sum = logOfSum(sum, sums[start[edge]] + smoothing * score[edge]);
            }
            sums[end] = sum;
        }
        List<Integer> path = new ArrayList<>();
        for (int end = size; end > 0; end = start[path.get(path.size() - 1)]) {
            path.add(draw(end, sums, smoothing, random));
        }
        Way way = new Way(0, NONE, null);
        for (int i = path.size() - 1; i >= 0; i--) {
            way = new Way(way.score() + score[path.get(i)], path.get(i), way);
        }
        return way;
    }

    private int draw(int end, double[] sums, double smoothing, RandomGenerator random) {
        double left = random.nextDouble();
        int edge = lastEdge[end];
        while (previous[edge] != NONE) {
            left -= StrictMath.exp(sums[start[edge]] + smoothing * score[edge] - sums[end]);
            if (left < 0) {
                return edge;
            }
            edge = previous[edge];
        }
        return edge; // what rounding leaves over belongs to the last one
    }

    private static double logOfSum(double a, double b) {
        double larger = Math.max(a, b);
        return larger == Double.NEGATIVE_INFINITY
                ? larger
                : larger + StrictMath.log1p(StrictMath.exp(Math.min(a, b) - larger));
    }

    /** Gives the pieces of a way in their order. */
    void emit(Way last, Tokens out) {
        List<Integer> path = new ArrayList<>();
        for (Way way = last; way.edge() != NONE; way = way.before()) {
            path.add(way.edge());
        }
        for (int i = path.size() - 1; i >= 0; i--) {
            int edge = path.get(i);
            int from = coded.places[start[edge]];
            int to = coded.places[i > 0 ? start[path.get(i - 1)] : size];
            if (id[edge] == UNKNOWN) {
                out.unknown(text, from, to);
            } else {
                out.add(id[edge], from, to);
            }
        }
    }
}
