package org.alluvium.tokenizer.engine;

import java.util.Arrays;
import java.util.List;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;

/**
 * The most likely pieces of a text (Kudo, Subword Regularization, 2018) by Viterbi's algorithm over its bytes, in the mixed
 * precision that SentencePiece has, since it decides what is better by the last digit: a candidate is the sum of two floats as a
 * double, wins if it is greater than the float that is there, and becomes a float then. Only the unknown piece's is a float from
 * the beginning. Immutable and thread-safe.
 */
final class UnigramSegmenter implements Segmenter {

    /** The unknown piece is that much worse than the worst one. */
    private static final float UNKNOWN_PENALTY = 10;

    private static final double USER_DEFINED_MARGIN = 0.1;
    private static final int UNKNOWN = -1;

    private final PieceTrie trie;
    private final float[] scores;
    private final boolean[] userDefined;
    private final float unknownScore;
    private final float maxScore;

    private UnigramSegmenter(PieceTrie trie, float[] scores, boolean[] userDefined, float minScore, float maxScore) {
        this.trie = trie;
        this.scores = scores;
        this.userDefined = userDefined;
        this.unknownScore = minScore - UNKNOWN_PENALTY;
        this.maxScore = maxScore;
    }

    /** Of the pieces of a model, whose places are their ids. */
    static UnigramSegmenter of(List<Piece> pieces) {
        float[] scores = new float[pieces.size()];
        boolean[] userDefined = new boolean[scores.length];
        float min = Float.MAX_VALUE;
        float max = Float.MIN_NORMAL;
        for (int id = 0; id < scores.length; id++) {
            Piece piece = pieces.get(id);
            scores[id] = piece.score();
            userDefined[id] = piece.type() == PieceType.USER_DEFINED;
            if (piece.type() == PieceType.NORMAL) {
                min = Math.min(min, scores[id]);
                max = Math.max(max, scores[id]);
            }
        }
        PieceTrie trie = PieceIndex.trie(pieces, List.of(PieceType.NORMAL, PieceType.USER_DEFINED));
        return new UnigramSegmenter(trie, scores, userDefined, min, max);
    }

    @Override
    public Worker worker() {
        return new Path();
    }

    private final class Path implements Worker {

        private float[] best = new float[1024];
        private int[] starts = new int[1024];
        private int[] ids = new int[1024];

        @Override
        public void segment(byte[] text, int from, int to, Tokens out) {
            int size = to - from;
            if (best.length <= size) {
                best = new float[size + size / 2 + 1];
                starts = new int[best.length];
                ids = new int[best.length];
            }
            Arrays.fill(starts, 0, size + 1, -1);
            best[0] = 0;
            long[] nodes = trie.nodes;
            int start = 0;
            while (start < size) {
                float here = best[start];
                int length = Math.min(Utf8.lengthOf(text[from + start]), size - start);
                boolean single = false;
                long node = trie.root;
                for (int at = start; at < size; ) {
                    int b = text[from + at] & 0xff;
                    node = nodes[PieceTrie.offset(node) ^ b];
                    if (PieceTrie.label(node) != b) {
                        break;
                    }
                    at++;
                    int id = PieceTrie.value(node);
                    if (id != PieceTrie.NONE) {
                        if (userDefined[id]) {
                            offer(at, start, id, (at - start) * maxScore - USER_DEFINED_MARGIN + here);
                        } else {
                            offer(at, start, id, (double) scores[id] + here);
                        }
                        single |= at - start == length;
                    }
                }
                if (!single) {
                    offer(start + length, start, UNKNOWN, unknownScore + here);
                }
                start += length;
            }
            emit(text, from, size, out);
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
}
