package org.alluvium.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.alluvium.cli.cluster.FlinkHome;
import org.alluvium.cli.deploy.JobDeployer;
import org.alluvium.cli.flink.FlinkRest;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.flink.job.NewestState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the ingest job on a cluster. */
@Command(
        name = "submit",
        description = {
            "Start ingest on a Flink cluster; prints the job's id.",
            "",
            "The configuration travels with the job, its relative paths made absolute here. What it names has to be there for every"
                    + " machine of the cluster: folders, models, lists and secrets at the same paths, or s3:// addresses. What only"
                    + " the JobManager reads is looked at before this returns; what TaskManagers read, when they start."
        },
        footer = {
            "  ./alluvium submit --config alluvium.yaml --jobmanager http://localhost:8081",
            "  ./alluvium submit --config alluvium.yaml --resume"
        })
final class SubmitCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions options;

    @Option(
            names = "--savepoint",
            paramLabel = "PATH",
            description = "Go on from this savepoint or retained checkpoint, which stays as it is.")
    private Optional<String> savepoint = Optional.empty();

    @Option(
            names = "--resume",
            description = "Go on from the newest complete checkpoint or savepoint of the corpus, whatever job made it.")
    private boolean resume;

    @Option(names = "--jar", paramLabel = "FILE", description = "Job jar (default: the one of this installation).")
    private Optional<Path> jar = Optional.empty();

    @Override
    public Integer call() {
        if (resume && savepoint.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--resume finds what --savepoint names: give one of them");
        }
        AlluviumConfig config = options.load();
        if (config.sources().isEmpty()) {
            throw new ConfigException(
                    "there is no source to read from", "sources", "Name at least one folder of documents, or a topic");
        }
        Optional<String> state = resume ? Optional.of(newest(config)) : savepoint;
        try (FlinkRest rest = FlinkRest.of(config.cluster())) {
            JobDeployer deployer = new JobDeployer(rest, config.cluster(), options.progress());
            options.print(deployer.submit(config, jar.orElseGet(FlinkHome::jobJar), state)
                    .toString());
        }
        return ExitCode.OK.code();
    }

    private static String newest(AlluviumConfig config) {
        return NewestState.of(config)
                .map(place -> place.toUri().toString())
                .orElseThrow(() -> new UnavailableException(
                        "there is no complete checkpoint or savepoint to go on from",
                        NewestState.savepoints(config).toString(),
                        "Start a new job without --resume; one on a corpus that has entries needs its state"));
    }
}
