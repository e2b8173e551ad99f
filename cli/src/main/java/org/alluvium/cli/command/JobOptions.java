package org.alluvium.cli.command;

import java.util.Optional;
import java.util.function.BiFunction;
import org.alluvium.cli.deploy.IngestRun;
import org.alluvium.cli.deploy.JobDeployer;
import org.alluvium.cli.flink.FlinkRest;
import org.alluvium.contracts.config.AlluviumConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which job on which cluster a command is about. */
final class JobOptions {

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--job", paramLabel = "ID", description = "The job (default: the only one that runs).")
    private Optional<String> job = Optional.empty();

    ClusterOptions cluster() {
        return cluster;
    }

    /** What comes of doing something to the job, by one connection to its cluster. */
    <T> T ask(AlluviumConfig config, BiFunction<JobDeployer, IngestRun, T> action) {
        try (FlinkRest rest = FlinkRest.of(config.cluster())) {
            JobDeployer deployer = new JobDeployer(rest, config.cluster(), cluster.progress());
            return action.apply(deployer, deployer.find(cluster.job(job)));
        }
    }
}
