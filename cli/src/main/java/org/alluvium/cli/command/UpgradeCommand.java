package org.alluvium.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.alluvium.cli.cluster.FlinkHome;
import org.alluvium.cli.deploy.Upgrade;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replaces the ingest job on a cluster by another version of it. */
@Command(
        name = "upgrade",
        description = {
            "Stop ingest with a savepoint and start another version of it from there; prints the id of the job that runs then.",
            "",
            "Another version is another configuration, another jar, or both. If it does not complete cluster.healthyCheckpoints in"
                    + " a row, the old version takes over again, and the exit code is 1."
        },
        footer = {
            "  ./alluvium upgrade --config alluvium.yaml",
            "  ./alluvium upgrade --config alluvium.yaml --jar alluvium-flink-jobs-0.2.0-job.jar"
        })
final class UpgradeCommand implements Callable<Integer> {

    @Mixin
    private JobOptions job;

    @Option(names = "--jar", paramLabel = "FILE", description = "New job jar (default: the one of this installation).")
    private Optional<Path> jar = Optional.empty();

    @Option(
            names = "--rollback-jar",
            paramLabel = "FILE",
            description = "Jar of the version that runs, in case the cluster has lost it.")
    private Optional<Path> rollbackJar = Optional.empty();

    @Override
    public Integer call() {
        ClusterOptions cluster = job.cluster();
        AlluviumConfig config = cluster.load();
        Upgrade upgrade = job.ask(
                config,
                (deployer, old) -> deployer.upgrade(old, config, jar.orElseGet(FlinkHome::jobJar), rollbackJar));
        cluster.print(upgrade.job().toString());
        upgrade.broken()
                .ifPresent(why -> cluster.progress()
                        .accept("the old version runs again as job " + upgrade.job()
                                + ". The new one did not become healthy: " + why));
        return upgrade.broken().isEmpty() ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }
}
