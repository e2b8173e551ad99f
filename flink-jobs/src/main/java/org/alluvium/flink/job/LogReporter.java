package org.alluvium.flink.job;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.event.EventSink;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogTail;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.log.VocabularyFit;
import org.alluvium.contracts.shard.ShardFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns new entries of the shard log into ingest events: {@code restore} for the first fence, which is this process taking
 * over, {@code restart} for every further one, and {@code commit}. Reading the log rather than being called by the
 * committer, it reports what is, in order, wherever the committer runs.
 *
 * <p>A commit is followed by what follows from it: {@code vocabulary}, where a stretch of documents was judged, and {@code alert}
 * for each figure that left its band there. They are told before the {@code commit}, so that what the newest event of that type
 * counts up to has been told whole. A process that was killed may have left commits untold: the next one goes on behind the newest that
 * was told, and leaves out of the first of them what is in the file. So each is told once.
 */
final class LogReporter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogReporter.class);
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** A process tells what it can; beyond this it was another machine that ran the job, and told it elsewhere. */
    private static final long MOST_UNTOLD = 1_000;

    private final ShardLog log;
    private final LogTail tail;
    private final EventSink events;
    private final Told told;
    private final Supplier<String> lastFailure;
    private final Runnable onTakeover;
    private final Thread thread;
    private volatile boolean closing;
    private boolean takenOver;
    private long next;

    /**
     * Begins after the log's present end.
     *
     * @param lastFailure why the job was last restarted, in words
     * @param onTakeover what is to be done once this process's job has taken over the corpus
     */
    LogReporter(CorpusLayout corpus, EventSink events, Supplier<String> lastFailure, Runnable onTakeover) {
        this.log = StoreShardLog.of(corpus);
        this.next = log.lastSequence().orElse(-1) + 1;
        this.tail = LogTail.open(corpus, next);
        this.events = events;
        this.told = Told.of(corpus.events());
        this.lastFailure = lastFailure;
        this.onTakeover = onTakeover;
        this.thread = new Thread(this::follow, "log-reporter");
        thread.setDaemon(true);
    }

    LogReporter start() {
        told.nextSequence().ifPresent(untold -> {
            for (long sequence = Math.max(untold, next - MOST_UNTOLD); sequence < next; sequence++) {
                if (log.read(sequence) instanceof LogEntry.Commit commit) {
                    report(commit);
                }
            }
        });
        thread.start();
        return this;
    }

    private void follow() {
        try {
            while (!closing) {
                tail.next(PATIENCE).ifPresent(this::report);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (AlluviumException e) {
            LOG.warn("The shard log can no longer be followed; the job goes on without reporting its commits", e);
        }
    }

    private void report(LogEntry entry) {
        next = entry.sequence() + 1;
        if (entry instanceof LogEntry.Commit commit) {
            report(commit);
        } else if (entry instanceof LogEntry.Fence fence) {
            report(fence);
        } else if (entry instanceof LogEntry.Takedown takedown) {
            events.emit(
                    "takedown",
                    Map.of(
                            "sequence",
                            takedown.sequence(),
                            "selectors",
                            takedown.selectors().stream().map(Selector::words).toList(),
                            "reason",
                            takedown.reason()));
        }
    }

    private void report(LogEntry.Commit commit) {
        commit.vocabulary().filter(VocabularyFit::judged).ifPresent(fit -> {
            emitOnce("vocabulary", FitEvents.judged(commit.sequence(), fit));
            fit.alerts().forEach(departure -> emitOnce("alert", FitEvents.alert(commit.sequence(), departure)));
        });
        events.emit("commit", fields(commit));
    }

    private void emitOnce(String type, Map<String, Object> fields) {
        if (!told.has(type, fields)) {
            events.emit(type, fields);
        }
    }

    private void report(LogEntry.Fence fence) {
        Map<String, Object> fields = Map.of(
                "sequence", fence.sequence(),
                "epoch", fence.writerEpoch(),
                "lineage", fence.lineage(),
                "flinkCheckpoint", fence.restoredCheckpointId());
        if (!takenOver) {
            events.emit("restore", fields);
            takenOver = true;
            onTakeover.run();
        } else {
            events.emit("restart", Map.of("reason", lastFailure.get(), "epoch", fence.writerEpoch()));
        }
    }

    private static Map<String, Object> fields(LogEntry.Commit commit) {
        List<ShardFile> shards = commit.shards();
        Funnel funnel = commit.funnel();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sequence", commit.sequence());
        fields.put("flinkCheckpoint", commit.flinkCheckpointId());
        fields.put("shards", shards.size());
        fields.put("rows", shards.stream().mapToLong(ShardFile::rows).sum());
        fields.put("tokens", shards.stream().mapToLong(ShardFile::tokens).sum());
        fields.put("bytes", shards.stream().mapToLong(ShardFile::bytes).sum());
        fields.put("read", funnel.read());
        fields.put("duplicates", funnel.duplicates());
        fields.put("skipped", sum(funnel.skipped().values()));
        fields.put("deleted", funnel.deleted());
        fields.put("deadLetters", funnel.deadLetters());
        fields.put("filtered", funnel.filtered());
        fields.put(
                "changes",
                commit.changes().stream()
                        .mapToLong(LogEntry.RecordFile::records)
                        .sum());
        commit.freshness().ifPresent(freshness -> {
            fields.put("eventToIngest", freshness.eventToIngest().fields());
            fields.put("ingestToCommit", freshness.ingestToCommit().fields());
            fields.put("eventToCommit", freshness.eventToCommit().fields());
        });
        fields.put("endOfInput", commit.endOfInput());
        return fields;
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** Reports what the log has by now, and stops. */
    @Override
    public void close() {
        closing = true;
        tail.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.readFrom(next).forEach(this::report);
    }
}
