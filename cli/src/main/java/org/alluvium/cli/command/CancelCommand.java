package org.alluvium.cli.command;

import java.util.concurrent.Callable;
import org.alluvium.cli.deploy.JobDeployer;
import org.alluvium.cli.flink.JobId;
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
    private JobOptions job;

    @Option(names = "--savepoint", description = "Stop with a savepoint, in savepoints/ beside the job's checkpoints.")
    private boolean savepoint;

    @Override
    public Integer call() {
        ClusterOptions cluster = job.cluster();
        if (savepoint) {
            cluster.print(job.ask(cluster.loadIfThere(), JobDeployer::stop));
        } else {
            JobId cancelled = job.ask(cluster.loadIfThere(), (deployer, run) -> {
                deployer.cancel(run.job().id());
                return run.job().id();
            });
            cluster.progress().accept("job " + cancelled + " is cancelled");
        }
        return ExitCode.OK.code();
    }
}
