package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.alluvium.cli.flink.JobId;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which cluster a command is about: that of the configuration, or the one named here. */
final class ClusterOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--jobmanager",
            paramLabel = "URL",
            description = "Address of the JobManager's REST interface (default: cluster.jobManager).")
    private Optional<String> jobManager = Optional.empty();

    /** The configuration, whose cluster is the one that is meant. */
    AlluviumConfig load() {
        return config.load(address());
    }

    /** The same for commands that need no more of it than the cluster: the file need not be there if that is named here. */
    AlluviumConfig loadIfThere() {
        if (jobManager.isPresent() && !Files.exists(config.file())) {
            return ConfigLoader.parse("", "defaults", config.file().getParent(), address());
        }
        return load();
    }

    private List<String> address() {
        return jobManager.map(url -> List.of("cluster.jobManager=" + url)).orElse(List.of());
    }

    /** Takes lines that tell how far a command is; they go where errors go, so that the output is the result alone. */
    Consumer<String> progress() {
        CommandLine command = spec.commandLine();
        PrintWriter err = command.getErr();
        return line -> {
            err.println("alluvium: " + line);
            err.flush();
        };
    }

    /** The job that an option names. */
    Optional<JobId> job(Optional<String> hex) {
        try {
            return hex.map(JobId::new);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
