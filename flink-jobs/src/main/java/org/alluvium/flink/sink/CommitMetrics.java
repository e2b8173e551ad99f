package org.alluvium.flink.sink;

import java.time.Instant;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.VocabularyFit;
import org.alluvium.contracts.log.VocabularyFit.Departure;
import org.alluvium.contracts.log.VocabularyFit.Figure;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.flink.metric.IngestMetrics;
import org.apache.flink.events.Event;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the committer tells of itself. One thread commits, any may read. */
final class CommitMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(CommitMetrics.class);

    private final MetricGroup group;
    private final Counter commits;
    private final Counter documents;
    private final Counter tokens;
    private final Counter bytes;
    private final FreshnessMetrics freshness;
    private volatile double seconds;
    private volatile long newestMillis;
    private volatile VocabularyFit fit = VocabularyFit.NONE;

    /**
     * Registers them.
     *
     * @param started when this attempt began
     * @param sequence newest entry of the log
     * @param uncommitted number of files that no entry names
     */
    CommitMetrics(MetricGroup group, Instant started, LongSupplier sequence, IntSupplier uncommitted) {
        this.group = group;
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
        tellFit();
    }

    private void tellFit() {
        IngestMetrics.tell(
                group, IngestMetrics.BYTES_PER_TOKEN, () -> fit.documents().bytesPerToken());
        for (Figure figure : Figure.values()) {
            IngestMetrics.tell(group, IngestMetrics.VOCABULARY_DRIFT, () -> isOut(figure) ? 1 : 0, figure.code());
        }
    }

    private boolean isOut(Figure figure) {
        return fit.departures().stream().anyMatch(departure -> departure.figure() == figure);
    }

    /** How well the vocabulary fits by now; of a job that begins, as the log says. */
    void fits(VocabularyFit now) {
        fit = now;
    }

    /** A line in the log, and a Flink event with the attributes {@code what} (always {@code vocabulary}) and those of the departure. */
    private void raise(long sequence, Departure departure) {
        LOG.warn("Log entry {}: {}", sequence, departure.message());
        group.addEvent(Event.builder(CommitMetrics.class, "alert")
                .setSeverity("WARN")
                .setAttribute("what", "vocabulary")
                .setAttribute("figure", departure.figure().code())
                .setAttribute("value", departure.value())
                .setAttribute("mean", departure.mean())
                .setAttribute("sequence", sequence)
                .setAttribute("message", departure.message()));
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
        entry.vocabulary().ifPresent(now -> {
            fits(now);
            now.alerts().forEach(departure -> raise(entry.sequence(), departure));
        });
    }
}
