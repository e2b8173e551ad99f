package org.alluvium.tokenizer.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;

/**
 * The merges of a SentencePiece BPE model, which has only pieces and scores: whatever two pieces make a third may be merged,
 * the third of the highest score first. Of one piece, the merge with the longer left part comes first; SentencePiece takes
 * them for equal, and then the leftmost, which is the same wherever it matters.
 */
final class MergeList {

    /** Two pieces that become one. */
    record Pair(String left, String right) {}

    private MergeList() {}

    static List<Pair> of(SentencePieceModel model) {
        Set<String> texts = new HashSet<>();
        List<Piece> pieces = new ArrayList<>();
        for (Piece piece : model.pieces()) {
            if (piece.type() == PieceType.NORMAL) {
                texts.add(piece.text());
                pieces.add(piece);
            }
        }
        pieces.sort(Comparator.comparingDouble(piece -> -piece.score()));
        List<Pair> merges = new ArrayList<>();
        for (Piece piece : pieces) {
            String text = piece.text();
            for (int at = text.length() - 1; at > 0; at--) {
                String left = text.substring(0, at);
                String right = text.substring(at);
                if (texts.contains(left) && texts.contains(right)) {
                    merges.add(new Pair(left, right));
                }
            }
        }
        return merges;
    }
}
