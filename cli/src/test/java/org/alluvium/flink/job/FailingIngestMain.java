package org.alluvium.flink.job;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.flink.sink.CommitProbe;

/**
 * {@code ingest --config <file>} with a task that fails, once each, at every point of the commit protocol: the job must
 * recover inside the process. Everything else is the real thing.
 */
public final class FailingIngestMain {

    /** Times each point is passed before it fails: different ones, so that failures hit different checkpoints. */
    private static final Map<CommitProbe.Point, AtomicInteger> FUSES = new EnumMap<>(Map.of(
            CommitProbe.Point.FILES_WRITTEN, new AtomicInteger(2),
            CommitProbe.Point.BEFORE_SNAPSHOT, new AtomicInteger(4),
            CommitProbe.Point.BEFORE_COMMIT, new AtomicInteger(2),
            CommitProbe.Point.AFTER_COMMIT, new AtomicInteger(3)));

    private FailingIngestMain() {}

    public static void main(String[] arguments) {
        Path file = Path.of(arguments[List.of(arguments).indexOf("--config") + 1]);
        AlluviumConfig config = ConfigLoader.load(file, List.of());
        System.exit(
                IngestProcess.run(config, IngestOptions.DEFAULT, FailingIngestMain::failOnce, new CompletableFuture<>())
                        .code());
    }

    private static void failOnce(CommitProbe.Point point, long checkpointId) {
        if (FUSES.get(point).getAndDecrement() == 0) {
            throw new IllegalStateException("injected at " + point + " of checkpoint " + checkpointId);
        }
    }
}
