package org.alluvium.flink.sink;

import java.io.Serializable;

/**
 * Called at the points of the commit protocol between which a crash must change nothing. Tests throw from here or end the
 * process; in production it is {@link #NONE}.
 */
@FunctionalInterface
public interface CommitProbe extends Serializable {

    CommitProbe NONE = (point, checkpointId) -> {};

    /** Where the attempt is. */
    enum Point {
        /** A writer has closed its files and has told nobody. */
        FILES_WRITTEN,
        /** The committer has received them and is about to be snapshotted. */
        BEFORE_SNAPSHOT,
        /** The Flink checkpoint is complete and its log entry is not there. */
        BEFORE_COMMIT,
        /** The log entry is there. */
        AFTER_COMMIT
    }

    void reached(Point point, long checkpointId);
}
