package org.alluvium.trainer.eval;

import java.util.List;
import org.alluvium.trainer.data.PieceLoss;
import org.alluvium.trainer.event.TrainEvents;
import org.alluvium.trainer.score.PrequentialScores;

/**
 * Adds up the losses of steps, which are those of texts that the model had not learned from, and reports them now and then.
 * Remembers nothing itself: what is added up belongs to the position of a run, so that it goes on and goes back with it.
 */
public final class PrequentialMeter {

    private final long everySteps;
    private final TrainEvents events;

    /** @param everySteps steps between two reports, or 0 for none */
    public PrequentialMeter(long everySteps, TrainEvents events) {
        this.everySteps = everySteps;
        this.events = events;
    }

    /** What is added up after a step, which is reported if it is time to. */
    public PrequentialScores stepped(long step, PrequentialScores before, List<PieceLoss> losses) {
        PrequentialScores scores = before.plus(losses);
        if (everySteps == 0 || step % everySteps != 0) {
            return scores;
        }
        events.prequential(step, scores);
        return scores.reported();
    }
}
