package org.alluvium.bench.soak;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.alluvium.contracts.error.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code bench/soak}. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Ingests from Kafka and from files at full speed while ingest and broker are killed in turn (kill -9), and"
                    + " reports heap, state, file handles and logs. In the last third nothing is killed.",
            "Ends with 0 if every document fed is in the log once and nothing grew after the first third."
        })
public final class Soak implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(names = "--minutes", description = "How long documents are fed. Default: ${DEFAULT-VALUE}.")
    private int minutes = 60;

    @Option(names = "--kill-seconds", description = "Time between two kills. Default: ${DEFAULT-VALUE}.")
    private int killSeconds = 180;

    @Option(names = "--sample-seconds", description = "Time between two samples. Default: ${DEFAULT-VALUE}.")
    private int sampleSeconds = 30;

    @Option(names = "--heap", description = "Largest heap of ingest. Default: ${DEFAULT-VALUE}.")
    private String heap = "1g";

    @Option(names = "--folder", description = "Empty folder for everything. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of(".alluvium", "soak");

    @Option(names = "--home", hidden = true, description = "The checkout.")
    private Path home = Path.of("");

    /** Runs it. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Soak()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        requireEmpty();
        PrintWriter out = command.commandLine().getOut();
        SoakRun.Plan plan = new SoakRun.Plan(
                Duration.ofMinutes(minutes), Duration.ofSeconds(killSeconds), Duration.ofSeconds(sampleSeconds), heap);
        SoakRun.Result result =
                new SoakRun(home.toAbsolutePath(), folder.toAbsolutePath(), plan, InstantSource.system(), out).run();
        result.report().lines().forEach(out::println);
        out.println();
        out.println(result.proof());
        out.flush();
        boolean flat = result.report().trends().stream().allMatch(Flatness.Trend::flat);
        return (result.eachOnce() && flat ? ExitCode.OK : ExitCode.FAILED).code();
    }

    private void requireEmpty() throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new CommandLine.ParameterException(
                        command.commandLine(), folder + " is not empty: name another one with --folder");
            }
        }
    }
}
