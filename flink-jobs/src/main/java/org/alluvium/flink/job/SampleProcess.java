package org.alluvium.flink.job;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.KafkaConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.event.EventSink;
import org.alluvium.contracts.event.JsonlEventSink;
import org.alluvium.contracts.store.ProcessLock;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Draws a {@link Sample} in this process, by the ingest job without its tokenizer and its corpus: what the sources hold now is read to
 * its end, whether they are followed otherwise or not. A process that was killed leaves a Flink checkpoint, which the next goes on from.
 */
public final class SampleProcess {

    private SampleProcess() {}

    /**
     * Draws the sample, unless it is there already.
     *
     * @return {@link ExitCode#OK} if it is there now, {@link ExitCode#INTERRUPTED} if the process was told to stop before
     * @throws org.alluvium.contracts.error.MismatchException if the folder holds another sample
     */
    public static ExitCode run(AlluviumConfig config, Sample sample) {
        try (ShutdownGuard guard = ShutdownGuard.install()) {
            return run(config, sample, guard.requested());
        }
    }

    /** As above, told to stop by a future. */
    @SuppressWarnings("try") // the lock is held, not used
    static ExitCode run(AlluviumConfig config, Sample sample, CompletableFuture<Void> stop) {
        if (config.sources().isEmpty()) {
            throw new ConfigException(
                    "there is no source to read from", "sources", "Name at least one folder of documents");
        }
        try (ProcessLock lock = ProcessLock.acquire(sample.lock(), "a sample");
                EventSink events = new JsonlEventSink(sample.events(), WallClock.ofThisProcess())) {
            sample.claim(config);
            if (Files.exists(sample.text())) {
                return ExitCode.OK;
            }
            FlinkFileSystems.setUp(config);
            return draw(config, sample, events, stop);
        } catch (IOException e) {
            throw StorageException.of("draw the sample", sample.folder(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private static ExitCode draw(AlluviumConfig config, Sample sample, EventSink events, CompletableFuture<Void> stop)
            throws IOException, InterruptedException {
        RunPlan.deleteTree(sample.scratch());
        Files.createDirectories(sample.scratch());
        Configuration job = FlinkSettings.ofJob(config, sample.state());
        new RetainedCheckpoints(sample.state().resolve(FlinkSettings.JOB_ID))
                .newest()
                .ifPresent(newest -> FlinkSettings.restoreFrom(job, newest, RecoveryClaimMode.CLAIM));
        Configuration flink = FlinkSettings.embedded(job, config.ingest().parallelism(), sample.scratch());
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(flink);
        IngestJob.buildSample(environment, config, inputs(config), sample);
        JobGraph graph = EmbeddedJob.graph(environment);
        try (EmbeddedJob cluster = EmbeddedJob.start(flink, sample.state().toString(), events, Optional.empty())) {
            return cluster.runToEnd(graph, stop);
        }
    }

    private static Inputs inputs(AlluviumConfig config) {
        List<SourceConfig> sources =
                config.sources().stream().map(SampleProcess::readOnce).toList();
        return new Inputs(sources, sources);
    }

    /** What is there, to its end; ingest will find its place in a topic as if nobody had read. */
    private static SourceConfig readOnce(SourceConfig source) {
        return source.readOnce(source.kafka().map(SampleProcess::withoutTrace));
    }

    private static KafkaConfig withoutTrace(KafkaConfig kafka) {
        Map<String, String> properties = new HashMap<>(kafka.properties());
        properties.put(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false");
        return kafka.withProperties(properties);
    }
}
