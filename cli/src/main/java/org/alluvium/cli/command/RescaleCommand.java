package org.alluvium.cli.command;

import java.util.concurrent.Callable;
import org.alluvium.cli.flink.JobId;
import org.alluvium.contracts.error.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives the ingest job on a cluster another parallelism. */
@Command(
        name = "rescale",
        description = {
            "Give ingest another parallelism; prints the id of the job that runs then.",
            "",
            "A cluster with the adaptive scheduler does so while the job runs. On any other the job stops with a savepoint and is"
                    + " started again. The next upgrade takes the parallelism of its configuration again."
        },
        footer = "  ./alluvium rescale 4 --jobmanager http://localhost:8081")
final class RescaleCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private JobOptions job;

    @Parameters(paramLabel = "PARALLELISM", description = "Subtasks of every operator, at most ingest.maxParallelism.")
    private int parallelism;

    @Override
    public Integer call() {
        if (parallelism < 1) {
            throw new ParameterException(
                    spec.commandLine(), "the parallelism is " + parallelism + "; it is at least 1");
        }
        ClusterOptions cluster = job.cluster();
        JobId runs = job.ask(cluster.loadIfThere(), (deployer, run) -> deployer.rescale(run, parallelism));
        cluster.print(runs.toString());
        return ExitCode.OK.code();
    }
}
