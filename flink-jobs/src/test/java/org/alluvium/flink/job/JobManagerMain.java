package org.alluvium.flink.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.layout.CorpusLayout;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A JobManager in a virtual machine of its own, with the ingest job, which goes on from the newest checkpoint. */
final class JobManagerMain {

    /** What a line of the output begins with that tells the port for TaskManagers. */
    static final String LISTENING = "the JobManager listens on port ";

    private JobManagerMain() {}

    /**
     * Runs until the job has ended, which it does not by itself, or nobody is left who started this.
     *
     * @param args the configuration file
     */
    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        AlluviumConfig config = ConfigLoader.load(Path.of(args[0]), List.of());
        Configuration flink = ClusterSettings.of(config, ClusterSettings.ANY_PORT);
        StandaloneSessionClusterEntrypoint cluster = new StandaloneSessionClusterEntrypoint(flink);
        cluster.startCluster();
        System.out.println(LISTENING + cluster.getRpcPort());
        flink.set(RestOptions.PORT, cluster.getRestPort());
        restoreNewest(config, flink);
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(flink);
        IngestJob.build(environment, config, IngestOptions.DEFAULT);
        try (RestClusterClient<StandaloneClusterId> client =
                new RestClusterClient<>(flink, StandaloneClusterId.getInstance())) {
            JobID job = client.submitJob(EmbeddedJob.graph(environment)).get();
            System.err.println(
                    "the job has ended: " + client.requestJobResult(job).get());
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    private static void restoreNewest(AlluviumConfig config, Configuration flink) throws IOException {
        CorpusLayout.of(config).create();
        Location state = FlinkSettings.state(config);
        new RetainedCheckpoints(state.resolve(FlinkSettings.JOB_ID))
                .newest()
                .ifPresent(newest -> FlinkSettings.restoreFrom(flink, newest, RecoveryClaimMode.CLAIM));
    }
}
