package org.alluvium.flink.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.IngestConfig;
import org.alluvium.contracts.config.IngestConfig.StateBackend;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.layout.CorpusLayout;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.state.forst.ForStConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;

/** Flink's own settings: those the job needs to be correct wherever it runs, and those of a run in one process. */
final class FlinkSettings {

    /**
     * The job's name where it runs in one process: one corpus has one ingest job, so its checkpoints lie under one name and the
     * next process finds them. A cluster gives names itself, since it takes none twice.
     */
    static final String JOB_ID = "a11c0d0c000000000000000000000001";

    private static final Duration CHECKPOINT_TIMEOUT = Duration.ofMinutes(10);
    private static final int TOLERATED_CHECKPOINT_FAILURES = 3;
    private static final int RESTARTS_BEFORE_GIVING_UP = 8;

    private FlinkSettings() {}

    /** What correctness rests on. */
    static Configuration ofJob(AlluviumConfig config) {
        return ofJob(config, state(config));
    }

    /** Where the job's checkpoints lie. */
    static Location state(AlluviumConfig config) {
        return config.ingest()
                .stateDir()
                .orElseGet(() -> CorpusLayout.of(config).state());
    }

    /** The same with checkpoints in another place. */
    static Configuration ofJob(AlluviumConfig config, Location state) {
        IngestConfig ingest = config.ingest();
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.NAME, "alluvium-ingest");
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(PipelineOptions.MAX_PARALLELISM, ingest.maxParallelism());
        flink.set(CoreOptions.DEFAULT_PARALLELISM, ingest.parallelism());
        setCheckpointing(flink, ingest, state);
        setRestarts(flink);
        return flink;
    }

    private static void setCheckpointing(Configuration flink, IngestConfig ingest, Location folder) {
        setStateBackend(flink, ingest.stateBackend());
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, ingest.checkpointInterval());
        flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        flink.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, CHECKPOINT_TIMEOUT);
        flink.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, TOLERATED_CHECKPOINT_FAILURES);
        flink.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, ingest.retainedCheckpoints());
        flink.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        flink.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }

    /** Only the chosen one's classes are touched: a cluster need not have the other. */
    private static void setStateBackend(Configuration flink, StateBackend backend) {
        flink.set(StateBackendOptions.STATE_BACKEND, backend.name().toLowerCase(Locale.ROOT));
        // Nearly every text is new: without the filters, each file would be read to find that out.
        switch (backend) {
            case ROCKSDB -> flink.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
            case FORST -> flink.set(ForStConfigurableOptions.USE_BLOOM_FILTER, true);
        }
    }

    private static void setRestarts(Configuration flink) {
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofMillis(200));
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(30));
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 2.0);
        flink.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                Duration.ofMinutes(10));
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, RESTARTS_BEFORE_GIVING_UP);
    }

    /**
     * Continues from a checkpoint.
     *
     * @param mode whether it becomes the job's own, to be deleted when newer ones have taken its place
     */
    static void restoreFrom(Configuration flink, Location checkpoint, RecoveryClaimMode mode) {
        flink.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString());
        flink.set(StateRecoveryOptions.RESTORE_MODE, mode);
    }

    /** Adds what a cluster inside this process needs: little memory, no fixed port, scratch files in one known place. */
    static Configuration embedded(Configuration job, int slots, Path scratch) {
        Configuration flink = new Configuration(job);
        flink.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64L * slots));
        MemorySize network = MemorySize.ofMebiBytes(16L + 4L * slots * slots);
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        flink.set(CoreOptions.TMP_DIRS, scratch.toString());
        flink.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
        flink.set(JobManagerOptions.BIND_HOST, "localhost");
        flink.set(RestOptions.ADDRESS, "localhost");
        flink.set(RestOptions.BIND_ADDRESS, "localhost");
        flink.set(RestOptions.BIND_PORT, "0");
        return flink;
    }
}
