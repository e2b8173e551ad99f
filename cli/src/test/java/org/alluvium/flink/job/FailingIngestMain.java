package org.alluvium.flink.job;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.flink.sink.CommitProbe;

/**
 * {@code ingest --config <file>} with a task that fails, once each, at every point of the commit protocol: the job must
 * recover inside the process. Everything else is the real thing.
 */
public final class FailingIngestMain {

    /** Times a point is passed before it fails, so that failures hit different checkpoints. */
    private static final int PASSES = 1;

    /** Writers and committer are tasks of their own: with one point at a time, no attempt fails twice. */
    private static final Deque<CommitProbe.Point> LEFT = new ArrayDeque<>(List.of(CommitProbe.Point.values()));

    private static int passed;

    private FailingIngestMain() {}

    public static void main(String[] arguments) {
        Path file = Path.of(arguments[List.of(arguments).indexOf("--config") + 1]);
        AlluviumConfig config = ConfigLoader.load(file, List.of());
        System.exit(
                IngestProcess.run(config, IngestOptions.DEFAULT, FailingIngestMain::failOnce, new CompletableFuture<>())
                        .code());
    }

    private static synchronized void failOnce(CommitProbe.Point point, long checkpointId) {
        if (point == LEFT.peek() && passed++ == PASSES) {
            passed = 0;
            LEFT.remove();
            throw new IllegalStateException("injected at " + point + " of checkpoint " + checkpointId);
        }
    }
}
