package org.alluvium.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.alluvium.cli.deploy.IngestRun;
import org.alluvium.cli.deploy.JobDeployer;
import org.alluvium.cli.flink.FlinkRest;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends the ingest job on a cluster. */
@Command(
        name = "cancel",
        description = {
            "End ingest on a cluster. Its newest checkpoints stay, for 'alluvium submit --resume'.",
            "",
            "With --savepoint everything read so far is published before, and the savepoint's path is printed."
        },
        footer = {
            "  ./alluvium cancel --jobmanager http://localhost:8081",
            "  ./alluvium cancel --savepoint --job 6f1d0c8e4b7a4e0f9d2c3b4a5e6f7081"
        })
final class CancelCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions options;

    @Option(names = "--job", paramLabel = "ID", description = "The job (default: the only one that runs).")
    private Optional<String> job = Optional.empty();

    @Option(names = "--savepoint", description = "Stop with a savepoint, in savepoints/ beside the job's checkpoints.")
    private boolean savepoint;

    @Override
    public Integer call() {
        AlluviumConfig config = options.loadIfThere();
        try (FlinkRest rest = FlinkRest.of(config.cluster())) {
            JobDeployer deployer = new JobDeployer(rest, config.cluster(), options.progress());
            IngestRun run = deployer.find(options.job(job));
            if (savepoint) {
                options.print(deployer.stop(run));
            } else {
                deployer.cancel(run.job().id());
                options.progress().accept("job " + run.job().id() + " is cancelled");
            }
        }
        return ExitCode.OK.code();
    }
}
