package org.alluvium.tokenizer.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;

/**
 * The pieces of a unigram model that a text can be cut into, with what SentencePiece counts for each. Immutable and thread-safe.
 */
final class UnigramPieces {

    /** The unknown piece is that much worse than the worst one. */
    private static final float UNKNOWN_PENALTY = 10;

    private static final double USER_DEFINED_MARGIN = 0.1;
    private static final List<PieceType> IN_TEXTS = List.of(PieceType.NORMAL, PieceType.USER_DEFINED);

    /** Of normal and user-defined pieces. */
    final PieceTrie trie;

    /** What a piece adds to a path, by its id; 0 for those that are not in the trie. */
    final double[] scores;

    /** What a character without a piece of its own adds. */
    final float unknownScore;

    /** No score is farther from 0. */
    final double largest;

    /** Where no piece reaches over. */
    final Cuts cuts;

    private UnigramPieces(PieceTrie trie, double[] scores, float unknownScore, double largest, Cuts cuts) {
        this.trie = trie;
        this.scores = scores;
        this.unknownScore = unknownScore;
        this.largest = largest;
        this.cuts = cuts;
    }

    /** Of the pieces of a model, whose places are their ids. */
    static UnigramPieces of(List<Piece> pieces) {
        float min = Float.MAX_VALUE;
        float max = Float.MIN_NORMAL;
        for (Piece piece : pieces) {
            if (piece.type() == PieceType.NORMAL) {
                min = Math.min(min, piece.score());
                max = Math.max(max, piece.score());
            }
        }
        float unknownScore = min - UNKNOWN_PENALTY;
        double[] scores = new double[pieces.size()];
        double largest = Math.abs(unknownScore);
        for (int id = 0; id < scores.length; id++) {
            scores[id] = score(pieces.get(id), max);
            largest = Math.max(largest, Math.abs(scores[id]));
        }
        Cuts cuts = Cuts.of(pieces.stream()
                .filter(piece -> IN_TEXTS.contains(piece.type()))
                .map(UnigramPieces::utf8)
                .toList());
        return new UnigramPieces(PieceIndex.trie(pieces, IN_TEXTS), scores, unknownScore, largest, cuts);
    }

    private static double score(Piece piece, float max) {
        return switch (piece.type()) {
            case NORMAL -> piece.score();
            case USER_DEFINED -> utf8(piece).length * max - USER_DEFINED_MARGIN;
            case UNKNOWN, CONTROL, UNUSED, BYTE -> 0;
        };
    }

    private static byte[] utf8(Piece piece) {
        return piece.text().getBytes(StandardCharsets.UTF_8);
    }
}
