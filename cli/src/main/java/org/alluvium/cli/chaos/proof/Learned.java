package org.alluvium.cli.chaos.proof;

import java.util.Comparator;
import java.util.List;

/** Whether pieces of documents are what they should be. Pure. */
final class Learned {

    private Learned() {}

    /** Whether the pieces are the whole row, each token as often as it is to be learned. */
    static boolean isWhole(CorpusView.Row row, List<JournalView.Piece> pieces) {
        return row.repeat() == 1 && end(pieces) == row.tokens();
    }

    /** Whether they are the beginning of a row, each token once. */
    static boolean isBeginning(CorpusView.Row row, List<JournalView.Piece> pieces) {
        int end = end(pieces);
        return end >= 0 && end <= row.tokens();
    }

    /** The token up to which the pieces, one after another, are gapless and without overlap from 0 on; -1 if they are not. */
    private static int end(List<JournalView.Piece> pieces) {
        int end = 0;
        for (JournalView.Piece piece : pieces.stream()
                .sorted(Comparator.comparingInt(JournalView.Piece::from))
                .toList()) {
            if (piece.from() != end) {
                return -1;
            }
            end += piece.tokens();
        }
        return end;
    }
}
