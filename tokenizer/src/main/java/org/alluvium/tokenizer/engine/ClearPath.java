package org.alluvium.tokenizer.engine;

import java.util.Arrays;

/**
 * The best path through a short text without what stands before it, in double precision, and by how much it is better than any
 * other. Not thread-safe.
 *
 * <p>The second best path joins the best one for the last time at some place, by another piece than the best path's. What it
 * loses is lost there, so the margin is the smallest difference, over the places of the best path, between the piece that the
 * best path comes by and the best of all others that end there.
 */
final class ClearPath {

    /** The path has a character without a piece. */
    static final int UNKNOWN = -1;

    private final UnigramPieces pieces;
    private final double[] best = new double[ChunkCache.MAX_BYTES + 1];
    private final double[] second = new double[ChunkCache.MAX_BYTES + 1];
    private final int[] starts = new int[ChunkCache.MAX_BYTES + 1];
    private final int[] pieceIds = new int[ChunkCache.MAX_BYTES + 1];

    /** The path's pieces, from the first on. */
    final int[] ids = new int[ChunkCache.MAX_BYTES];

    /** How much worse the second best path is, in natural logarithms; infinite if there is no other. */
    double margin;

    ClearPath(UnigramPieces pieces) {
        this.pieces = pieces;
    }

    /**
     * Finds it.
     *
     * @param coded at most {@link ChunkCache#MAX_BYTES} characters
     * @return how many pieces the path has, or {@link #UNKNOWN}
     */
    int find(CodedText coded) {
        int length = coded.length;
        Arrays.fill(best, 1, length + 1, Double.NEGATIVE_INFINITY);
        Arrays.fill(second, 1, length + 1, Double.NEGATIVE_INFINITY);
        best[0] = 0;
        int[] codes = coded.codes;
        long[] nodes = pieces.trie.nodes;
        double[] scores = pieces.scores;
        for (int start = 0; start < length; start++) {
            double here = best[start];
            boolean single = false;
            long node = pieces.trie.root;
            for (int at = start; at < length; ) {
                int code = codes[at];
                node = nodes[PieceTrie.offset(node) ^ code];
                if (PieceTrie.label(node) != code) {
                    break;
                }
                at++;
                int id = PieceTrie.value(node);
                if (id != PieceTrie.NONE) {
                    offer(at, start, id, scores[id] + here);
                    single |= at - start == 1;
                }
            }
            if (!single) {
                offer(start + 1, start, UNKNOWN, pieces.unknownScore + here);
            }
        }
        return collect(length);
    }

    private void offer(int end, int start, int id, double score) {
        if (score > best[end]) {
            second[end] = best[end];
            best[end] = score;
            starts[end] = start;
            pieceIds[end] = id;
        } else if (score > second[end]) {
            second[end] = score;
        }
    }

    private int collect(int length) {
        double least = Double.POSITIVE_INFINITY;
        int count = 0;
        boolean known = true;
        for (int at = length; at > 0; at = starts[at]) {
            least = Math.min(least, best[at] - second[at]);
            known &= pieceIds[at] != UNKNOWN;
            ids[count++] = pieceIds[at];
        }
        for (int i = 0; i < count / 2; i++) {
            int id = ids[i];
            ids[i] = ids[count - 1 - i];
            ids[count - 1 - i] = id;
        }
        margin = least;
        return known ? count : UNKNOWN;
    }
}
