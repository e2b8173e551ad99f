package org.alluvium.flink.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.event.EventSink;
import org.alluvium.contracts.event.JsonlEventSink;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Families;
import org.alluvium.contracts.log.Family;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.store.ProcessLock;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.flink.sink.CommitProbe;
import org.alluvium.tokenizer.document.TokenizerRecipe;
import org.alluvium.tokenizer.shard.ShardReader;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the ingest job in this process until its sources are exhausted, it fails, or the process is told to stop. One
 * process at a time works on a corpus folder; of a corpus in an object store the lock keeps apart the processes of one
 * machine, and the log's fence any others. It continues from the newest complete Flink checkpoint that it finds; there is
 * nothing else to remember between runs.
 */
public final class IngestProcess {

    private static final Logger LOG = LoggerFactory.getLogger(IngestProcess.class);

    private final AlluviumConfig config;
    private final IngestOptions options;
    private final CommitProbe probe;
    private final CorpusLayout corpus;

    private IngestProcess(AlluviumConfig config, IngestOptions options, CommitProbe probe) {
        this.config = config;
        this.options = options;
        this.probe = probe;
        this.corpus = CorpusLayout.of(config).create();
    }

    /**
     * Runs the job.
     *
     * <p>On SIGTERM or SIGINT the job is cancelled, its newest checkpoint stays, and this method returns {@link
     * ExitCode#INTERRUPTED} while the virtual machine shuts down; the process's own exit status is then the operating
     * system's for the signal.
     *
     * @return {@link ExitCode#OK} if all sources were bounded and have been read to their end, now or by an earlier run
     * @throws AlluviumException if there is something to be done about it; the corpus is as the last commit left it
     * @throws IllegalStateException if the job failed for a reason that is a defect
     */
    public static ExitCode run(AlluviumConfig config, IngestOptions options) {
        try (ShutdownGuard guard = ShutdownGuard.install()) {
            return run(config, options, CommitProbe.NONE, guard.requested());
        }
    }

    /** As above, told to stop by a future. */
    @SuppressWarnings("try") // the lock is held, not used
    static ExitCode run(AlluviumConfig config, IngestOptions options, CommitProbe probe, CompletableFuture<Void> stop) {
        if (config.sources().isEmpty()) {
            throw new ConfigException(
                    "there is no source to read from", "sources", "Name at least one folder of documents");
        }
        IngestProcess process = new IngestProcess(config, options, probe);
        try (ProcessLock lock = ProcessLock.acquire(process.corpus.lock(), "ingest");
                EventSink events = new JsonlEventSink(process.corpus.events(), WallClock.ofThisProcess())) {
            return process.runReporting(events, stop);
        }
    }

    private ExitCode runReporting(EventSink events, CompletableFuture<Void> stop) {
        events.emit(
                "start",
                Map.of(
                        "pid",
                        ProcessHandle.current().pid(),
                        "parallelism",
                        config.ingest().parallelism()));
        FlinkFileSystems.setUp(config);
        try {
            ExitCode code = RunPlan.of(config, corpus, options)
                    .map(plan -> run(plan, events, stop))
                    .orElse(ExitCode.OK);
            events.emit("stop", Map.of("exitCode", code.code(), "meaning", code.meaning()));
            return code;
        } catch (AlluviumException e) {
            events.emit("error", Map.of("exitCode", e.exitCode().code(), "message", e.getMessage()));
            throw e;
        } catch (RuntimeException e) {
            events.emit("error", Map.of("exitCode", ExitCode.FAILED.code(), "message", String.valueOf(e)));
            throw e;
        }
    }

    /**
     * The committer checks this in any case, at a time when it cannot change any more; here it is found out before a job
     * starts. Of what was written when there were no families only the shards tell the recipe.
     */
    private void requireRecipeOfCorpus() {
        ShardLog log = StoreShardLog.of(corpus);
        Family now = FamilyRecipe.of(config, TokenizerRecipe.of(config.tokenizer()));
        Optional<Family> begun = Optional.ofNullable(Families.all(log).get(now.name()));
        if (begun.isPresent()) {
            now.goingOnFrom(begun.get(), corpus.log().toString());
        } else if (now.name().equals(Family.MAIN)) {
            Families.newestBefore(log).ifPresent(commit -> requireRecipe(commit, now));
        }
    }

    private void requireRecipe(LogEntry.Commit commit, Family now) {
        Path file = new CorpusFiles(corpus).file(commit.shards().get(0));
        try (ShardReader shard = ShardReader.open(file)) {
            ShardMetadata made = shard.metadata();
            now.goingOnFrom(
                    new Family(now.name(), made.tokenizerDigest(), made.addBos(), made.addEos(), now.rules()),
                    file.toString());
        }
    }

    private ExitCode run(RunPlan plan, EventSink events, CompletableFuture<Void> stop) {
        requireRecipeOfCorpus();
        Path scratch = corpus.flinkState().resolve("tmp");
        try {
            // Scratch files of a process that was killed are of no use to the next.
            RunPlan.deleteTree(scratch);
            Files.createDirectories(scratch);
            Configuration flink = FlinkSettings.ofJob(config, plan.state());
            RetainedCheckpoints retained = new RetainedCheckpoints(plan.state().resolve(FlinkSettings.JOB_ID));
            List<Location> remains = List.of();
            Optional<Location> chosen = plan.options().restoreFrom();
            if (chosen.isPresent()) {
                FlinkSettings.restoreFrom(flink, retained.chosen(chosen.get()), RecoveryClaimMode.NO_CLAIM);
            } else {
                retained.newest()
                        .ifPresent(newest -> FlinkSettings.restoreFrom(flink, newest, RecoveryClaimMode.CLAIM));
                remains = retained.remains(config.ingest().retainedCheckpoints());
            }
            Configuration embedded =
                    FlinkSettings.embedded(flink, config.ingest().parallelism(), scratch);
            return runOn(embedded, plan, remains, events, stop);
        } catch (IOException e) {
            throw StorageException.of(
                    "prepare the ingest job's state", plan.state().toString(), e);
        }
    }

    @SuppressWarnings("try") // the reporter works on its own
    private ExitCode runOn(
            Configuration flink, RunPlan plan, List<Location> remains, EventSink events, CompletableFuture<Void> stop) {
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(flink);
        IngestJob.build(environment, config, plan.inputs(), plan.options(), probe);
        JobGraph graph = EmbeddedJob.graph(environment);
        Optional<MetricReporter> scraped = Prometheus.start(config.ingest().metrics());
        try (EmbeddedJob job = EmbeddedJob.start(flink, plan.state().toString(), events, scraped);
                LogReporter reporter =
                        new LogReporter(corpus, events, job::lastFailure, () -> delete(remains)).start()) {
            return job.runToEnd(graph, stop);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    /** What cannot be deleted now is found again at the next start. */
    private static void delete(List<Location> remains) {
        try {
            for (Location path : remains) {
                StateFiles.delete(path);
            }
        } catch (IOException e) {
            LOG.warn("What old Flink checkpoints have left cannot be deleted; the next start tries again", e);
        }
    }
}
