package org.alluvium.contracts.log;

/**
 * How old documents were on their way into one commit, in milliseconds. A leg is negative where the producer's clock ran
 * ahead of this machine's.
 *
 * @param eventToIngest from when a document says it was published to when ingest read it
 * @param ingestToCommit from there to the log entry
 * @param eventToCommit both together
 */
public record Freshness(Quantiles eventToIngest, Quantiles ingestToCommit, Quantiles eventToCommit) {

    /** Ages that half, 95 and 99 percent of the documents did not exceed. */
    public record Quantiles(long p50Millis, long p95Millis, long p99Millis) {}
}
