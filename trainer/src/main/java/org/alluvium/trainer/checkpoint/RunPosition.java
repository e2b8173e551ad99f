package org.alluvium.trainer.checkpoint;

import java.util.List;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.data.Cursor;
import org.alluvium.trainer.data.ShardOpener;
import org.alluvium.trainer.data.ShardTail;
import org.alluvium.trainer.data.TakenDocuments;
import org.alluvium.trainer.data.TrainingOrder;
import org.alluvium.trainer.guard.GuardState;
import org.alluvium.trainer.guard.LeftOut;
import org.alluvium.trainer.score.PrequentialScores;

/**
 * Where a run stands between two steps.
 *
 * @param progress what has been done
 * @param cursor what comes next
 * @param guard what the spike guard remembers
 * @param prequential what was lost on texts before they were learned from
 * @param consumed what was learned from
 */
public record RunPosition(
        CheckpointState.Progress progress,
        Cursor cursor,
        GuardState guard,
        PrequentialScores prequential,
        Consumed consumed) {

    /** The beginning of a run. */
    public static final RunPosition START = new RunPosition(
            CheckpointState.Progress.START, Cursor.START, GuardState.START, PrequentialScores.NONE, Consumed.NOTHING);

    /** The same place, for which it is known what happened after the run was here before. */
    public RunPosition knowing(List<LeftOut.Rewind> rewinds) {
        LeftOut leftOut = guard.leftOut();
        for (LeftOut.Rewind rewind : rewinds) {
            leftOut = leftOut.and(rewind);
        }
        return new RunPosition(progress, cursor, guard.with(leftOut), prequential, consumed);
    }

    /**
     * The steps that come next.
     *
     * @param tail of the log, at the cursor's window; closed with the order
     * @param taken what is passed over from now on, besides what earlier spikes led to
     */
    public TrainingOrder order(ShardTail tail, ShardOpener shards, BatchPlan plan, TakenDocuments taken) {
        return TrainingOrder.of(
                tail, shards, plan, cursor, step(), taken.or(guard.leftOut().omissions()));
    }

    /** Updates made. */
    public long step() {
        return progress.step();
    }
}
