package org.alluvium.flink.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.layout.CorpusLayout;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** Flink's settings of a cluster of two processes on this machine. */
final class ClusterSettings {

    static final int ANY_PORT = 0;

    /** A TaskManager is taken for dead when it cannot be reached twice in a row. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private static final String HOST = "localhost";

    private ClusterSettings() {}

    /**
     * Those of one of the two processes, whose scratch files are its own.
     *
     * @param port of the JobManager
     */
    static Configuration of(AlluviumConfig config, int port) throws IOException {
        Path scratch = Files.createDirectories(CorpusLayout.of(config)
                .flinkState()
                .resolve("tmp-" + ProcessHandle.current().pid()));
        Configuration flink = FlinkSettings.embedded(
                FlinkSettings.ofJob(config), config.ingest().parallelism(), scratch);
        flink.set(JobManagerOptions.ADDRESS, HOST);
        flink.set(JobManagerOptions.PORT, port);
        flink.set(TaskManagerOptions.HOST, HOST);
        flink.set(TaskManagerOptions.BIND_HOST, HOST);
        flink.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, HEARTBEAT);
        return flink;
    }
}
