package org.alluvium.flink.types;

import java.util.List;

/**
 * What the committer remembers in a Flink checkpoint.
 *
 * @param lineage random identity of this state, drawn by the fresh job that began it
 * @param lastSequence newest entry of the shard log that the committer knew of: a log that ends earlier has been cut
 * @param pending what was written before this checkpoint's barrier and may not be in the log yet, oldest first
 */
public record CommitState(String lineage, long lastSequence, List<Pending> pending) {

    public CommitState {
        pending = List.copyOf(pending);
    }

    /**
     * What was written between the barrier before and that of one checkpoint.
     *
     * @param checkpointId the Flink checkpoint whose completion makes it publishable
     */
    public record Pending(long checkpointId, Written written) {}
}
