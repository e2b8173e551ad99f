package org.alluvium.flink.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.layout.CorpusLayout;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The ingest job in a process of its own that may be killed, and whose TaskManager may be. It continues where the one
 * before has left off, as {@link IngestProcess} does.
 */
final class MortalIngest {

    private final Process process;

    private MortalIngest(Process process) {
        this.process = process;
    }

    static MortalIngest start(Path config) throws IOException {
        Path log = config.resolveSibling("ingest.log");
        return new MortalIngest(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx768m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dai.djl.offline=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MortalIngest.class.getName(),
                        config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends the TaskManager under the job and gives the cluster a new one; returns before that has happened. */
    @SuppressWarnings("resource") // closing the stream would end the process
    void killTaskManager() {
        PrintStream commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        commands.println("taskmanager");
    }

    /**
     * Runs the job until it is killed or nobody is left to give commands.
     *
     * @param args the configuration file
     */
    public static void main(String[] args) throws Exception {
        AlluviumConfig config = ConfigLoader.load(Path.of(args[0]), List.of());
        Configuration flink = settings(config);
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(flink);
        IngestJob.build(environment, config, IngestOptions.DEFAULT);
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumSlotsPerTaskManager(flink.get(TaskManagerOptions.NUM_TASK_SLOTS))
                .build());
        cluster.start();
        cluster.submitJob(EmbeddedJob.graph(environment)).get();
        new Thread(() -> obey(cluster)).start();
        System.err.println("the job has ended: "
                + cluster.requestJobResult(JobID.fromHexString(FlinkSettings.JOB_ID))
                        .get());
        Runtime.getRuntime().halt(1);
    }

    private static Configuration settings(AlluviumConfig config) throws IOException {
        Path state = new CorpusLayout(config.corpus().dir()).create().flinkState();
        Configuration flink = FlinkSettings.ofJob(config);
        new RetainedCheckpoints(state.resolve(FlinkSettings.JOB_ID))
                .newest()
                .ifPresent(newest -> FlinkSettings.restoreFrom(flink, newest, RecoveryClaimMode.CLAIM));
        Path scratch = Files.createDirectories(
                state.resolve("tmp-" + ProcessHandle.current().pid()));
        return FlinkSettings.embedded(flink, config.ingest().parallelism(), scratch);
    }

    /** Replaces the TaskManager at every line, and ends the process with its input. */
    private static void obey(MiniCluster cluster) {
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (int next = 0; commands.readLine() != null; next++) {
                cluster.terminateTaskManager(next).get();
                cluster.startTaskManager();
            }
        } catch (Exception e) {
            throw new IllegalStateException("the TaskManager could not be replaced", e);
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }
}
