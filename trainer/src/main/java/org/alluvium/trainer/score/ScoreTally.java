package org.alluvium.trainer.score;

import java.util.SortedMap;
import java.util.TreeMap;
import org.alluvium.trainer.data.Piece;
import org.alluvium.trainer.data.PieceLoss;
import org.alluvium.trainer.data.TrainingDocument.Provenance;

/** Adds up what is lost on pieces of documents. Sums depend on the order of the pieces, to the last bit. Used by one thread. */
public final class ScoreTally {

    private final SortedMap<String, TextScore> bySource;
    private final SortedMap<String, TextScore> byLanguage;
    private TextScore all;

    /** Goes on from the given sums. */
    public ScoreTally(TextScores from) {
        all = from.all();
        bySource = new TreeMap<>(from.bySource());
        byLanguage = new TreeMap<>(from.byLanguage());
    }

    /** Takes a piece into account; its document counts where it begins. */
    public void add(PieceLoss loss) {
        Piece piece = loss.piece();
        TextScore score = new TextScore(piece.from() == 0 ? 1 : 0, piece.textBytes(), loss.lossSum());
        Provenance provenance = piece.document().provenance();
        all = all.plus(score);
        bySource.merge(provenance.source(), score, TextScore::plus);
        byLanguage.merge(provenance.language().orElse(TextScores.UNKNOWN_LANGUAGE), score, TextScore::plus);
    }

    /** The sums so far. */
    public TextScores scores() {
        return new TextScores(all, bySource, byLanguage);
    }
}
