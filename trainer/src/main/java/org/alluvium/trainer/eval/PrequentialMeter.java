package org.alluvium.trainer.eval;

import java.util.List;
import org.alluvium.trainer.data.PieceLoss;
import org.alluvium.trainer.event.TrainEvents;
import org.alluvium.trainer.score.PrequentialScores;
import org.alluvium.trainer.score.ScoreTally;
import org.alluvium.trainer.score.TextScores;

/**
 * Adds up the losses of steps, which are those of texts that the model had not learned from: of the whole run, and since the
 * report before. A document that is repeated counts the first time alone. A function of the steps taken. Used by the training
 * thread.
 */
public final class PrequentialMeter {

    private final long everySteps;
    private final TrainEvents events;
    private ScoreTally total;
    private ScoreTally recent;

    /**
     * @param from what was added up when the run was left
     * @param everySteps steps between two reports, or 0 for none
     */
    public PrequentialMeter(PrequentialScores from, long everySteps, TrainEvents events) {
        this.everySteps = everySteps;
        this.events = events;
        this.total = new ScoreTally(from.total());
        this.recent = new ScoreTally(from.recent());
    }

    /** Takes the losses of a step, and reports if it is time to. */
    public void stepped(long step, List<PieceLoss> losses) {
        for (PieceLoss loss : losses) {
            if (loss.piece().document().repetition() == 0) {
                total.add(loss);
                recent.add(loss);
            }
        }
        if (everySteps > 0 && step % everySteps == 0) {
            events.prequential(step, scores());
            recent = new ScoreTally(TextScores.NONE);
        }
    }

    /** What is added up so far, to go on from. */
    public PrequentialScores scores() {
        return new PrequentialScores(total.scores(), recent.scores());
    }

    /** Goes back to what was added up before. */
    public void restore(PrequentialScores scores) {
        total = new ScoreTally(scores.total());
        recent = new ScoreTally(scores.recent());
    }
}
