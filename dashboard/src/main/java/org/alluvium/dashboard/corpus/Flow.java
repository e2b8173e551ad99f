package org.alluvium.dashboard.corpus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.log.Freshness;
import org.alluvium.contracts.log.Funnel;

/**
 * A corpus as it has come to be.
 *
 * @param running whether an ingest process is at work
 * @param endOfInput whether its sources are exhausted
 * @param total of all commits
 * @param recent of those of the last minute
 * @param sources by name
 * @param tasks of the ingest process that is at work; none if it has said nothing of late
 * @param freshness of the newest commit that has one
 */
public record Flow(
        boolean running,
        boolean endOfInput,
        Amount total,
        Amount recent,
        List<Source> sources,
        List<Task> tasks,
        Optional<Freshness> freshness) {

    /**
     * What commits add up to.
     *
     * @param seconds that they took, from the first commit, which does not count, until now, or to the last if nobody reads; 0
     *     where that is not known
     * @param funnel what became of records
     * @param read records by source
     * @param tokens in shards
     * @param shards how many
     */
    public record Amount(double seconds, Funnel funnel, Map<String, Long> read, long tokens, long shards) {

        public static final Amount NONE = new Amount(0, Funnel.EMPTY, Map.of(), 0, 0);

        public Amount {
            read = Map.copyOf(read);
        }
    }

    /**
     * Where documents come from.
     *
     * @param name of the source
     * @param read records
     * @param accepted documents in shards
     * @param backlog what it has found and not read, if it said so
     */
    public record Source(String name, long read, long accepted, Optional<Backlog> backlog) {}

    /**
     * What a source has found and not begun to read.
     *
     * @param splits files, or parts of large ones
     * @param bytes their size
     * @param oldestMillis when the next of them was last changed, in milliseconds since the epoch
     * @param paused whether it does not read at present
     */
    public record Backlog(long splits, long bytes, long oldestMillis, boolean paused) {}

    /**
     * What a task of the ingest job is busy with, as its event {@code task} says.
     *
     * @param told when, in milliseconds since the epoch
     * @param task operators that run as one
     * @param stages what they do: some of read, judge, dedup, tokenize, write, commit
     * @param subtasks how many run
     * @param busyMillis of each second: mean of the subtasks and largest of them; so are the next two
     * @param backPressuredMillis held back by what comes after it
     * @param idleMillis without anything to do
     * @param recordsPerSecond in and out, by operator
     */
    public record Task(
            long told,
            String task,
            List<String> stages,
            long subtasks,
            List<Double> busyMillis,
            List<Double> backPressuredMillis,
            List<Double> idleMillis,
            Map<String, List<Double>> recordsPerSecond) {}
}
