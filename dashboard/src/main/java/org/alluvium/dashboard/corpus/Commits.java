package org.alluvium.dashboard.corpus;

import java.util.List;

/**
 * Some commits that follow on each other, and all of them at a glance.
 *
 * @param commits oldest first
 * @param all of the corpus
 */
public record Commits(List<Commit> commits, Timeline.Drawn all) {

    /**
     * A commit to the log.
     *
     * @param sequence in the log
     * @param time of its creation, in milliseconds since the epoch
     * @param shards new ones
     * @param rows in them
     * @param tokens in them
     */
    public record Commit(long sequence, long time, int shards, long rows, long tokens) {}
}
