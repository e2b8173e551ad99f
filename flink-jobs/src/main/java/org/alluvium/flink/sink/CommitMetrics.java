package org.alluvium.flink.sink;

import java.time.Instant;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.flink.metric.IngestMetrics;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the committer tells of itself. One thread commits, any may read. */
final class CommitMetrics {

    private final Counter commits;
    private final Counter documents;
    private final Counter tokens;
    private final Counter bytes;
    private final FreshnessMetrics freshness;
    private volatile double seconds;
    private volatile long newestMillis;

    /**
     * Registers them.
     *
     * @param started when this attempt began
     * @param sequence newest entry of the log
     * @param uncommitted number of files that no entry names
     */
    CommitMetrics(MetricGroup group, Instant started, LongSupplier sequence, IntSupplier uncommitted) {
        commits = IngestMetrics.count(group, IngestMetrics.COMMITS);
        documents = IngestMetrics.count(group, IngestMetrics.COMMITTED_DOCUMENTS);
        tokens = IngestMetrics.count(group, IngestMetrics.COMMITTED_TOKENS);
        bytes = IngestMetrics.count(group, IngestMetrics.COMMITTED_BYTES);
        freshness = new FreshnessMetrics(group);
        newestMillis = started.toEpochMilli();
        IngestMetrics.tell(group, IngestMetrics.COMMIT_SECONDS, () -> seconds);
        IngestMetrics.tell(group, IngestMetrics.COMMIT_TIME, () -> newestMillis / 1e3);
        IngestMetrics.tell(group, IngestMetrics.LOG_SEQUENCE, sequence::getAsLong);
        IngestMetrics.tell(group, IngestMetrics.UNCOMMITTED_FILES, uncommitted::getAsInt);
    }

    /** An entry is in the log; that took so long. */
    void committed(LogEntry.Commit entry, long nanos) {
        commits.inc();
        documents.inc(entry.funnel().accepted());
        for (ShardFile shard : entry.shards()) {
            tokens.inc(shard.tokens());
            bytes.inc(shard.bytes());
        }
        seconds = nanos / 1e9;
        newestMillis = entry.createdAt().toEpochMilli();
        entry.freshness().ifPresent(freshness::update);
    }
}
