package org.alluvium.tokenizer.engine;

import java.util.List;
import java.util.Optional;
import org.alluvium.tokenizer.model.Piece;

/**
 * The most likely pieces of a text (Kudo, Subword Regularization, 2018), those that SentencePiece finds. Immutable and thread-safe.
 *
 * <p>A text is cut where no piece reaches over ({@link Cuts}), and the pieces of short chunks are remembered. That alone would not
 * be exact: SentencePiece adds up scores as floats from the beginning of the text, so the later a chunk, the coarser the
 * sums that its paths are compared by. A chunk is therefore remembered with the largest sum before it at which rounding cannot turn
 * around the margin of its best path over all others ({@link ClearPath}), and taken from memory only below that; everywhere else
 * {@link BestPath} repeats what SentencePiece computes, from the sum that SentencePiece has there. That sum is always known: along
 * a given path it is the same few additions. Text of {@linkplain Characters#isDense dense} scripts is {@link BestPath}'s as a whole.
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

    /** Characters that are segmented together at most, unless there is no cut. */
    private static final int RUN = 1 << 9;

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

    /**
     * The largest sum before a chunk, either way, with which rounding cannot turn a margin around; not positive where any sum
     * can.
     */
    static float limit(double margin, int bytes, double largest) {
        double limit = margin / (SLACK * 2 * bytes * UNIT) - bytes * largest;
        return Math.nextDown((float) limit);
    }

    private static final class Chunks implements Worker {

        private final UnigramPieces pieces;
        private final BestPath exact;
        private final ClearPath clear;
        private final CodedText coded;
        private final ChunkCache cache = new ChunkCache();

        Chunks(UnigramPieces pieces) {
            this.pieces = pieces;
            this.exact = new BestPath(pieces);
            this.clear = new ClearPath(pieces);
            this.coded = new CodedText(pieces.alphabet);
        }

        @Override
        public void segment(byte[] text, int from, int to, Tokens out) {
            Cuts cuts = pieces.cuts;
            float sum = 0;
            for (int start = from; start < to; ) {
                if (Characters.isDense(text[start])) {
                    start = coded.setDense(text, start, to, RUN, cuts);
                    sum = exact.segment(text, coded, sum, out);
                } else {
                    int end = cuts.end(text, start, to);
                    sum = chunk(text, start, end, sum, out);
                    start = end;
                }
            }
        }

        private float chunk(byte[] text, int start, int end, float sum, Tokens out) {
            if (end - start > ChunkCache.MAX_BYTES || out.wantsSpans()) {
                coded.set(text, start, end);
                return exact.segment(text, coded, sum, out);
            }
            int place = cache.place(text, start, end);
            if (place != ChunkCache.NONE && Math.abs(sum) < cache.number(place)) {
                return give(place, sum, out);
            }
            coded.set(text, start, end);
            if (place == ChunkCache.NONE) {
                int count = clear.find(coded);
                if (count != ClearPath.UNKNOWN) {
                    float limit = limit(clear.margin, end - start, pieces.largest);
                    cache.put(clear.ids, count, limit);
                    if (Math.abs(sum) < limit) {
                        return give(clear.ids, count, sum, out);
                    }
                }
            }
            return exact.segment(text, coded, sum, out);
        }

        private float give(int[] ids, int count, float before, Tokens out) {
            float sum = before;
            for (int i = 0; i < count; i++) {
                out.add(ids[i]);
                sum = (float) (pieces.scores[ids[i]] + sum);
            }
            return sum;
        }

        private float give(int place, float before, Tokens out) {
            double[] scores = pieces.scores;
            int count = cache.count(place);
            int id = cache.first(place);
            out.add(id);
            float sum = (float) (scores[id] + before);
            for (int i = 1; i < count; i++) {
                id = cache.id(place, i);
                out.add(id);
                sum = (float) (scores[id] + sum);
            }
            return sum;
        }
    }
}
