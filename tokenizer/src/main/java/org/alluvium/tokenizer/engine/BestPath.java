package org.alluvium.tokenizer.engine;

import java.util.Arrays;

/**
 * Viterbi's algorithm over the characters of a text in the mixed precision that SentencePiece has, since it decides what is better
 * by the last digit: a candidate is the sum of a score and a float as a double, wins if it is greater than the float that is
 * there, and becomes a float then. Only the unknown piece's is a float from the beginning. Not thread-safe.
 */
final class BestPath {

    private static final int UNKNOWN = -1;
    private static final long UNREACHED = -1;

    /** Memory for longer texts is given back. */
    private static final int KEPT = 1 << 16;

    private final UnigramPieces pieces;
    private float[] best;

    /** By the place where a piece ends: where it begins, in the high 32 bits, and its id. */
    private long[] links;

    private int[] ends;

    BestPath(UnigramPieces pieces) {
        this.pieces = pieces;
        allocate(1 << 10);
    }

    private void allocate(int places) {
        best = new float[places];
        links = new long[places];
        ends = new int[places];
    }

    /**
     * Segments text, which takes time by its length, and memory.
     *
     * @param coded the characters of {@code text} that are meant
     * @param sum the score of everything before it
     * @return the score with this text
     */
    float segment(byte[] text, CodedText coded, float sum, Tokens out) {
        int length = coded.length;
        if (best.length <= length) {
            allocate(length + length / 2 + 1);
        }
        Arrays.fill(best, 1, length + 1, Float.NEGATIVE_INFINITY);
        Arrays.fill(links, 1, length + 1, UNREACHED);
        int[] codes = coded.codes;
        long[] nodes = pieces.trie.nodes;
        double[] scores = pieces.scores;
        int first = PieceTrie.offset(pieces.trie.root);
        best[0] = sum;
        for (int start = 0; start < length; start++) {
            float here = best[start];
            int end = start + 1;
            int code = codes[start];
            long node = nodes[first ^ code];
            if (PieceTrie.label(node) != code) {
                offer(start, end, UNKNOWN, pieces.unknownScore + here);
                continue;
            }
            int id = PieceTrie.value(node);
            if (id == PieceTrie.NONE) {
                offer(start, end, UNKNOWN, pieces.unknownScore + here);
            } else {
                offer(start, end, id, scores[id] + here);
            }
            // No piece has the code behind the last one.
            while (true) {
                code = codes[end];
                node = nodes[PieceTrie.offset(node) ^ code];
                if (PieceTrie.label(node) != code) {
                    break;
                }
                end++;
                id = PieceTrie.value(node);
                if (id != PieceTrie.NONE) {
                    offer(start, end, id, scores[id] + here);
                }
            }
        }
        emit(text, coded, out);
        float after = best[length];
        if (best.length > KEPT) {
            allocate(KEPT);
        }
        return after;
    }

    private void offer(int start, int end, int id, double score) {
        if (score > best[end] || links[end] == UNREACHED) {
            best[end] = (float) score;
            links[end] = ((long) start << 32) | (id & 0xFFFFFFFFL);
        }
    }

    private void emit(byte[] text, CodedText coded, Tokens out) {
        int count = 0;
        for (int at = coded.length; at > 0; at = (int) (links[at] >>> 32)) {
            ends[count++] = at;
        }
        int from = 0;
        while (count > 0) {
            int to = ends[--count];
            int id = (int) links[to];
            if (id == UNKNOWN) {
                out.unknown(text, coded.places[from], coded.places[to]);
            } else {
                out.add(id, coded.places[from], coded.places[to]);
            }
            from = to;
        }
    }
}
