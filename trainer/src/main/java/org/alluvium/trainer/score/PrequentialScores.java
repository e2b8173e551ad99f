package org.alluvium.trainer.score;

import java.util.List;
import org.alluvium.trainer.data.PieceLoss;

/**
 * Prequential scores (Dawid, 1984): what a model lost on texts before it learned from them. A document that is repeated counts
 * the first time alone, one that is replayed not at all. {@code prequential.json} of a checkpoint: sums by name, as in {@link TextScores} and
 * {@link TextScore}.
 *
 * @param total of the whole run
 * @param recent since the last report
 */
public record PrequentialScores(TextScores total, TextScores recent) {

    /** Before the first step. */
    public static final PrequentialScores NONE = new PrequentialScores(TextScores.NONE, TextScores.NONE);

    /** These and those of one more step. */
    public PrequentialScores plus(List<PieceLoss> losses) {
        ScoreTally totalTally = new ScoreTally(total);
        ScoreTally recentTally = new ScoreTally(recent);
        for (PieceLoss loss : losses) {
            if (loss.piece().document().repetition() == 0) {
                totalTally.add(loss);
                recentTally.add(loss);
            }
        }
        return new PrequentialScores(totalTally.scores(), recentTally.scores());
    }

    /** The same once they are reported. */
    public PrequentialScores reported() {
        return new PrequentialScores(total, TextScores.NONE);
    }
}
