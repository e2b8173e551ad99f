package org.alluvium.tokenizer.engine;

import java.util.List;
import java.util.Optional;
import org.alluvium.tokenizer.model.Piece;

/**
 * The most likely pieces of a text (Kudo, Subword Regularization, 2018), those that SentencePiece finds. Immutable and thread-safe.
 *
 * <p>A text is cut where no piece reaches over ({@link Cuts}), and the pieces of short chunks are remembered. That alone would not
 * be exact: SentencePiece adds up scores as floats from the beginning of the text, so the later a chunk, the coarser the
 * sums that its paths are compared by. A chunk is therefore remembered with the margin of its best path over all others
 * ({@link ClearPath}), and taken from memory only where that margin is beyond what rounding can turn around; everywhere else
 * {@link BestPath} repeats what SentencePiece computes, from the sum that SentencePiece has there. That sum is always known: along
 * a given path it is the same few additions.
 *
 * <p>What rounding can turn around: let S be the sum before a chunk of n bytes, and A the largest score. A path has at most n
 * pieces, so its sums stay within M = |S| + nA, and each of its additions is rounded by at most u M, where u = 2^-24. As rounding is
 * monotone, the sum at the end of the chunk is at least the rounded sum of every path, in particular of the truly best one; it is
 * itself the rounded sum of the path that was chosen. Either is off by at most n u M, so a path that was chosen is within 2 n u M
 * of the best, and where all others are farther behind, it is the best. {@link #SLACK} covers that M itself is rounded, and the double
 * precision of the margin.
 */
final class UnigramSegmenter implements Segmenter {

    private static final double UNIT = 0x1p-24;
    private static final double SLACK = 1.01;

    private final UnigramPieces pieces;

    private UnigramSegmenter(UnigramPieces pieces) {
        this.pieces = pieces;
    }

    /** Of the pieces of a model, whose places are their ids. */
    static UnigramSegmenter of(List<Piece> pieces) {
        return new UnigramSegmenter(UnigramPieces.of(pieces));
    }

    @Override
    public Worker worker() {
        return new Chunks(pieces);
    }

    @Override
    public Optional<UnigramPieces> unigram() {
        return Optional.of(pieces);
    }

    /** A margin that is larger than this cannot be turned around by rounding. */
    static double bound(int bytes, float sum, double largest) {
        return SLACK * 2 * bytes * UNIT * (Math.abs((double) sum) + bytes * largest);
    }

    private static final class Chunks implements Worker {

        private final UnigramPieces pieces;
        private final BestPath exact;
        private final ClearPath clear;
        private final ChunkCache cache = new ChunkCache();

        Chunks(UnigramPieces pieces) {
            this.pieces = pieces;
            this.exact = new BestPath(pieces);
            this.clear = new ClearPath(pieces);
        }

        @Override
        public void segment(byte[] text, int from, int to, Tokens out) {
            Cuts cuts = pieces.cuts;
            float sum = 0;
            for (int start = from; start < to; ) {
                int end = cuts.end(text, start, to);
                sum = end - start > ChunkCache.MAX_BYTES || out.wantsSpans()
                        ? exact.segment(text, start, end, sum, out)
                        : chunk(text, start, end, sum, out);
                start = end;
            }
        }

        private float chunk(byte[] text, int start, int end, float sum, Tokens out) {
            double bound = bound(end - start, sum, pieces.largest);
            int line = cache.line(text, start, end);
            if (line == ChunkCache.NONE) {
                int count = clear.find(text, start, end);
                if (count == ClearPath.UNKNOWN) {
                    return exact.segment(text, start, end, sum, out);
                }
                cache.put(clear.ids, count, clear.margin);
                if (clear.margin > bound) {
                    out.addAll(clear.ids, 0, count);
                    return sum(clear.ids, count, sum);
                }
            } else if (cache.margin(line) > bound) {
                cache.give(line, out);
                return sum(line, sum);
            }
            return exact.segment(text, start, end, sum, out);
        }

        private float sum(int[] ids, int count, float before) {
            float sum = before;
            for (int i = 0; i < count; i++) {
                sum = (float) (pieces.scores[ids[i]] + sum);
            }
            return sum;
        }

        private float sum(int line, float before) {
            double[] scores = pieces.scores;
            float sum = before;
            for (int i = 0; i < cache.count(line); i++) {
                sum = (float) (scores[cache.id(line, i)] + sum);
            }
            return sum;
        }
    }
}
