package org.alluvium.dashboard.corpus;

import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.log.Freshness;
import org.alluvium.contracts.log.Funnel;

/**
 * A corpus as it has come to be.
 *
 * @param running whether an ingest process is at work
 * @param endOfInput whether its sources are exhausted
 * @param funnel what became of all records
 * @param tokens of all shards
 * @param shards how many
 * @param sources by name
 * @param rates of the last minute
 * @param freshness of the newest commit that has one
 * @param commits the newest, oldest first
 */
public record Flow(
        boolean running,
        boolean endOfInput,
        Funnel funnel,
        long tokens,
        long shards,
        List<Source> sources,
        Rates rates,
        Optional<Freshness> freshness,
        List<Commit> commits) {

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

    /** Of what is read, and of what comes to be. */
    public record Rates(double recordsPerSecond, double tokensPerSecond) {}

    /**
     * A commit to the log.
     *
     * @param sequence in the log
     * @param createdAt ISO-8601
     * @param shards new ones
     * @param rows in them
     * @param tokens in them
     */
    public record Commit(long sequence, String createdAt, int shards, long rows, long tokens) {}
}
