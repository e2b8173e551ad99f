package org.alluvium.trainer.checkpoint;

import org.alluvium.trainer.data.Cursor;

/**
 * Where a run stands between two steps.
 *
 * @param progress what has been done
 * @param cursor what comes next
 */
public record RunPosition(CheckpointState.Progress progress, Cursor cursor) {

    /** The beginning of a run. */
    public static final RunPosition START = new RunPosition(CheckpointState.Progress.START, Cursor.START);

    /** Updates made. */
    public long step() {
        return progress.step();
    }
}
