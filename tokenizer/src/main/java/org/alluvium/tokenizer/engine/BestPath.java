package org.alluvium.tokenizer.engine;

import java.util.Arrays;

/**
 * Viterbi's algorithm over the bytes of a text in the mixed precision that SentencePiece has, since it decides what is better by
 * the last digit: a candidate is the sum of a score and a float as a double, wins if it is greater than the float that is there,
 * and becomes a float then. Only the unknown piece's is a float from the beginning. Not thread-safe.
 */
final class BestPath {

    private static final int UNKNOWN = -1;

    /** Memory for longer texts is given back. */
    private static final int KEPT = 1 << 18;

    private final UnigramPieces pieces;
    private float[] best;
    private int[] starts;
    private int[] ids;

    BestPath(UnigramPieces pieces) {
        this.pieces = pieces;
        allocate(1 << 10);
    }

    private void allocate(int places) {
        best = new float[places];
        starts = new int[places];
        ids = new int[places];
    }

    /**
     * Segments text, which takes time and memory by its length.
     *
     * @param sum the score of everything before it
     * @return the score with this text
     */
    float segment(byte[] text, int from, int to, float sum, Tokens out) {
        int size = to - from;
        if (best.length <= size) {
            allocate(size + size / 2 + 1);
        }
        Arrays.fill(starts, 0, size + 1, -1);
        best[0] = sum;
        long[] nodes = pieces.trie.nodes;
        double[] scores = pieces.scores;
        for (int start = 0; start < size; ) {
            float here = best[start];
            int length = Math.min(Utf8.lengthOf(text[from + start]), size - start);
            boolean single = false;
            long node = pieces.trie.root;
            for (int at = start; at < size; ) {
                int b = text[from + at] & 0xff;
                node = nodes[PieceTrie.offset(node) ^ b];
                if (PieceTrie.label(node) != b) {
                    break;
                }
                at++;
                int id = PieceTrie.value(node);
                if (id != PieceTrie.NONE) {
                    offer(at, start, id, scores[id] + here);
                    single |= at - start == length;
                }
            }
            if (!single) {
                offer(start + length, start, UNKNOWN, pieces.unknownScore + here);
            }
            start += length;
        }
        emit(text, from, size, out);
        float after = best[size];
        if (best.length > KEPT) {
            allocate(KEPT);
        }
        return after;
    }

    private void offer(int end, int start, int id, double score) {
        if (starts[end] == -1 || score > best[end]) {
            best[end] = (float) score;
            starts[end] = start;
            ids[end] = id;
        }
    }

    private void emit(byte[] text, int from, int size, Tokens out) {
        // Turns the links around: from the begin of a piece to its end.
        int end = size;
        int next = -1;
        while (end > 0) {
            int start = starts[end];
            starts[end] = next;
            next = end;
            end = start;
        }
        int begin = 0;
        for (int at = next; at > 0; at = starts[at]) {
            if (ids[at] == UNKNOWN) {
                out.unknown(text, from + begin, from + at);
            } else {
                out.add(ids[at], from + begin, from + at);
            }
            begin = at;
        }
    }
}
