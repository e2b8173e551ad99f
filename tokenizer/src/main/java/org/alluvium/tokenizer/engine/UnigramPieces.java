package org.alluvium.tokenizer.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
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

    /** Of all characters of normal and user-defined pieces. */
    final Alphabet alphabet;

    /** Of normal and user-defined pieces, by the codes of their characters. */
    final PieceTrie trie;

    /** What a piece adds to a path, by its id; 0 for those that are not in the trie. */
    final double[] scores;

    /** What a character without a piece of its own adds. */
    final float unknownScore;

    /** No score is farther from 0. */
    final double largest;

    /** Where no piece reaches over. */
    final Cuts cuts;

    private UnigramPieces(
            Alphabet alphabet, PieceTrie trie, double[] scores, float unknownScore, double largest, Cuts cuts) {
        this.alphabet = alphabet;
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
        int[] ids = IntStream.range(0, pieces.size())
                .filter(id -> IN_TEXTS.contains(pieces.get(id).type()))
                .toArray();
        List<String> texts =
                IntStream.of(ids).mapToObj(id -> pieces.get(id).text()).toList();
        Alphabet alphabet = Alphabet.of(texts);
        PieceTrie trie = PieceTrie.of(texts.stream().map(alphabet::codes).toArray(int[][]::new), ids, alphabet.size());
        Cuts cuts = Cuts.of(texts.stream().map(UnigramPieces::utf8).toList());
        return new UnigramPieces(alphabet, trie, scores, unknownScore, largest, cuts);
    }

    private static double score(Piece piece, float max) {
        return switch (piece.type()) {
            case NORMAL -> piece.score();
            case USER_DEFINED -> utf8(piece.text()).length * max - USER_DEFINED_MARGIN;
            case UNKNOWN, CONTROL, UNUSED, BYTE -> 0;
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
