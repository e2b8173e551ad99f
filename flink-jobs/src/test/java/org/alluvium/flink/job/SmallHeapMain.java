package org.alluvium.flink.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.layout.CorpusLayout;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.IOMetrics;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The ingest job in a virtual machine of its own, whose memory a test decides. It runs as {@link IngestProcess} runs it, and
 * tells in the end how its source has spent its time.
 */
final class SmallHeapMain {

    private static final JobID JOB = JobID.fromHexString(FlinkSettings.JOB_ID);

    private SmallHeapMain() {}

    /**
     * What a source did.
     *
     * @param busyMillis reading and parsing
     * @param heldMillis waiting for those who take what it has
     */
    record Times(double busyMillis, long heldMillis) {

        static Times read(Path file) throws IOException {
            List<String> lines = Files.readAllLines(file);
            return new Times(Double.parseDouble(lines.get(0)), Long.parseLong(lines.get(1)));
        }

        void write(Path file) throws IOException {
            Files.write(file, List.of(Double.toString(busyMillis), Long.toString(heldMillis)));
        }
    }

    /**
     * Runs the job to its end.
     *
     * @param args the configuration, and the file to write the times to
     */
    @SuppressWarnings("try") // closing waits, and may be interrupted
    public static void main(String[] args) throws Exception {
        AlluviumConfig config = ConfigLoader.load(Path.of(args[0]), List.of());
        Path scratch = Files.createDirectories(
                CorpusLayout.of(config).create().flinkState().resolve("tmp"));
        Configuration flink = FlinkSettings.embedded(
                FlinkSettings.ofJob(config), config.ingest().parallelism(), scratch);
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(flink);
        IngestJob.build(environment, config, IngestOptions.DEFAULT);
        try (MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumSlotsPerTaskManager(config.ingest().parallelism())
                .build())) {
            cluster.start();
            cluster.submitJob(EmbeddedJob.graph(environment)).get();
            cluster.requestJobResult(JOB).get().toJobExecutionResult(SmallHeapMain.class.getClassLoader());
            times(cluster).write(Path.of(args[1]));
        }
    }

    private static Times times(MiniCluster cluster) throws Exception {
        AccessExecutionJobVertex source = cluster.getArchivedExecutionGraph(JOB)
                .get()
                .getVerticesTopologically()
                .iterator()
                .next();
        IOMetrics spent =
                source.getTaskVertices()[0].getCurrentExecutionAttempt().getIOMetrics();
        return new Times(spent.getAccumulateBusyTime(), spent.getAccumulateBackPressuredTime());
    }

    /** How to start it with the JDK and the classes of this process. */
    static List<String> command(List<String> jvmOptions, Path config, Path times) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(SmallHeapMain.class.getName(), config.toString(), times.toString()));
        return command;
    }
}
