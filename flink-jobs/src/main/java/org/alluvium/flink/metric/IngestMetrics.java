package org.alluvium.flink.metric;

import static org.alluvium.contracts.metrics.Metric.counter;
import static org.alluvium.contracts.metrics.Metric.gauge;

import java.util.List;
import java.util.stream.Stream;
import org.alluvium.contracts.metrics.Metric;
import org.alluvium.contracts.store.s3.StoreMetrics;
import org.alluvium.contracts.store.s3.StoreTraffic;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * The metrics that operators register with Flink. Flink's reporter puts its scope before the name ({@code
 * flink_taskmanager_job_task_operator_…}), which the scraper takes away again; Flink's labels of task and subtask stay. Counts begin
 * anew when the job is restarted, and what is read again is counted again; the log alone says how often something is in the corpus.
 * Values of labels are names of configured sources and filters, or constants of this project.
 */
public final class IngestMetrics {

    private static final String SOURCE = "source";
    private static final String TASK = "task_name";
    private static final String PERCENTILE = "percentile";

    public static final Metric RECORDS =
            counter("alluvium_ingest_records_total", "records", "Records read, by source.", SOURCE);
    public static final Metric RECORD_BYTES =
            counter("alluvium_ingest_record_bytes_total", "bytes", "Bytes of them, as they were read.", SOURCE);
    public static final Metric EVENT_TIME = gauge(
            "alluvium_ingest_event_timestamp_seconds",
            "seconds",
            "Latest event time read of a source, since 1970.",
            SOURCE);
    public static final Metric WATERMARK = gauge(
            "alluvium_ingest_watermark_timestamp_seconds",
            "seconds",
            "Watermark behind the readers, since 1970; none before the first.");
    public static final Metric PENDING_SPLITS = gauge(
            "alluvium_ingest_pending_splits",
            "splits",
            "Parts of files found and not read, in folders and buckets.",
            SOURCE);
    public static final Metric PENDING_BYTES =
            gauge("alluvium_ingest_pending_bytes", "bytes", "Bytes of them.", SOURCE);
    public static final Metric OLDEST_PENDING = gauge(
            "alluvium_ingest_oldest_pending_timestamp_seconds",
            "seconds",
            "When the file that is next was last changed, since 1970; 0 if none waits.",
            SOURCE);
    public static final Metric KNOWN_FILES =
            gauge("alluvium_ingest_known_files", "files", "Files that the job remembers, read or not.");
    public static final Metric REFUSED_RATIO = gauge(
            "alluvium_ingest_refused_ratio", "ratio", "Share of a source's newest records that were refused.", SOURCE);
    public static final Metric PAUSED = gauge(
            "alluvium_ingest_paused",
            Metric.PLAIN,
            "1 while a source is left alone because too much of it was refused.",
            SOURCE);
    public static final Metric DOCUMENTS = counter(
            "alluvium_ingest_documents_total",
            "documents",
            "What became of records: accepted, duplicate, rejected (by a filter), refused (a dead letter), skipped, superseded,"
                    + " deleted.",
            "outcome");
    public static final Metric TOKENS =
            counter("alluvium_ingest_tokens_total", "tokens", "Tokens of accepted documents.");
    public static final Metric CHECKED = counter(
            "alluvium_ingest_checked_documents_total",
            "documents",
            "Documents whose ids were compared with those that SentencePiece's own library gives.");
    public static final Metric TOKENIZER_FALLBACK = gauge(
            "alluvium_ingest_tokenizer_fallback",
            Metric.PLAIN,
            "1 while that library encodes, because a document had other ids.");
    public static final Metric DUPLICATES = counter(
            "alluvium_ingest_duplicates_total", "duplicates", "Duplicates, by what they had in common.", "kind");
    public static final Metric REJECTED = counter(
            "alluvium_ingest_rejected_documents_total",
            "documents",
            "Documents that a filter rejected, by its rule.",
            "reason");
    public static final Metric DEAD_LETTERS = counter(
            "alluvium_ingest_dead_letters_total", "dead_letters", "Records that were refused, by reason.", "reason");
    public static final Metric SKIPPED = counter(
            "alluvium_ingest_skipped_records_total",
            "records",
            "Records that rightly hold no document, by reason.",
            "reason");
    public static final Metric COMMITS =
            counter("alluvium_ingest_commits_total", "commits", "Entries committed to the log.");
    public static final Metric COMMITTED_DOCUMENTS =
            counter("alluvium_ingest_committed_documents_total", "documents", "Documents in them.");
    public static final Metric COMMITTED_TOKENS =
            counter("alluvium_ingest_committed_tokens_total", "tokens", "Their tokens.");
    public static final Metric COMMITTED_BYTES =
            counter("alluvium_ingest_committed_bytes_total", "bytes", "Bytes of their shards.");
    public static final Metric COMMIT_SECONDS =
            gauge("alluvium_ingest_commit_seconds", "seconds", "Time that the newest commit took.");
    public static final Metric COMMIT_TIME = gauge(
            "alluvium_ingest_commit_timestamp_seconds",
            "seconds",
            "When the newest commit was made, or before one when the job was started, since 1970.");
    public static final Metric LOG_SEQUENCE =
            gauge("alluvium_ingest_log_sequence", Metric.PLAIN, "Newest entry of the log that the job knows of.");
    public static final Metric UNCOMMITTED_FILES =
            gauge("alluvium_ingest_uncommitted_files", "files", "Files written that no entry names yet.");
    public static final Metric BYTES_PER_TOKEN = gauge(
            "alluvium_ingest_bytes_per_token",
            Metric.PLAIN,
            "Bytes of text that a token of the newest commit holds; 0 where drift is not watched.");
    public static final Metric VOCABULARY_DRIFT = gauge(
            "alluvium_ingest_vocabulary_drift",
            Metric.PLAIN,
            "1 while a figure of the vocabulary is out of its band in the newest documents.",
            "figure");
    public static final Metric EVENT_TO_INGEST = age("event_to_ingest", "from their event to ingest");
    public static final Metric INGEST_TO_COMMIT = age("ingest_to_commit", "from ingest to their commit");
    public static final Metric EVENT_TO_COMMIT = age("event_to_commit", "from their event to their commit");

    private static final StoreMetrics STORES = new StoreMetrics("ingest");

    private static final List<Metric> OURS = List.of(
            RECORDS,
            RECORD_BYTES,
            EVENT_TIME,
            WATERMARK,
            PENDING_SPLITS,
            PENDING_BYTES,
            OLDEST_PENDING,
            KNOWN_FILES,
            REFUSED_RATIO,
            PAUSED,
            DOCUMENTS,
            TOKENS,
            CHECKED,
            TOKENIZER_FALLBACK,
            DUPLICATES,
            REJECTED,
            DEAD_LETTERS,
            SKIPPED,
            COMMITS,
            COMMITTED_DOCUMENTS,
            COMMITTED_TOKENS,
            COMMITTED_BYTES,
            COMMIT_SECONDS,
            COMMIT_TIME,
            LOG_SEQUENCE,
            UNCOMMITTED_FILES,
            BYTES_PER_TOKEN,
            VOCABULARY_DRIFT,
            EVENT_TO_INGEST,
            INGEST_TO_COMMIT,
            EVENT_TO_COMMIT);

    /** All of them. */
    public static final List<Metric> ALL =
            Stream.concat(OURS.stream(), STORES.metrics().stream()).toList();

    /** Those that Prometheus' rules make of Flink's own. */
    public static final List<Metric> RECORDED = List.of(
            counter("alluvium_ingest_restarts_total", "restarts", "Restarts of the job."),
            counter("alluvium_ingest_checkpoints_total", "checkpoints", "Flink checkpoints completed."),
            counter("alluvium_ingest_checkpoint_failures_total", "failures", "Flink checkpoints that failed."),
            gauge("alluvium_ingest_checkpoint_seconds", "seconds", "Time that the newest Flink checkpoint took."),
            gauge("alluvium_ingest_checkpoint_bytes", "bytes", "What it wrote."),
            gauge(
                    "alluvium_ingest_state_bytes",
                    "bytes",
                    "State of the job, as of it: what deduplication remembers, nearly all."),
            gauge("alluvium_ingest_pending_records", "records", "Records of topics that were not read.", SOURCE),
            gauge(
                    "alluvium_ingest_busy_ratio",
                    "ratio",
                    "Share of its time that a task works, of its busiest subtask.",
                    TASK),
            gauge(
                    "alluvium_ingest_back_pressured_ratio",
                    "ratio",
                    "Share of its time that a task is held back by what comes after it, likewise.",
                    TASK),
            gauge("alluvium_ingest_process_heap_used_bytes", "bytes", "Java heap of a TaskManager that is taken."),
            gauge("alluvium_ingest_process_heap_limit_bytes", "bytes", "Size that it may grow to."),
            counter("alluvium_ingest_process_cpu_seconds_total", "seconds", "Time of a TaskManager on processors."),
            counter("alluvium_ingest_process_gc_seconds_total", "seconds", "Time of its garbage collections."));

    private IngestMetrics() {}

    private static Metric age(String leg, String from) {
        return gauge(
                "alluvium_ingest_" + leg + "_seconds",
                "seconds",
                "Time of the newest committed documents " + from + ", by percentile.",
                PERCENTILE);
    }

    /** Registers one count of a metric, and gives it. */
    public static Counter count(MetricGroup group, Metric metric, String... labelValues) {
        return labelled(group, metric, labelValues).counter(metric.name());
    }

    /** Registers one value of a metric. */
    public static <T extends Number> void tell(
            MetricGroup group, Metric metric, Gauge<T> value, String... labelValues) {
        labelled(group, metric, labelValues).gauge(metric.name(), value);
    }

    /** Registers what a subtask has to do with the corpus's store. */
    public static void tell(MetricGroup group, StoreTraffic traffic) {
        STORES.tell(traffic, (metric, operation, value) -> tell(group, metric, value::now, operation));
    }

    private static MetricGroup labelled(MetricGroup group, Metric metric, String... labelValues) {
        MetricGroup labelled = group;
        for (int i = 0; i < labelValues.length; i++) {
            labelled = labelled.addGroup(metric.labels().get(i), labelValues[i]);
        }
        return labelled;
    }
}
