package org.alluvium.bench.peers;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.alluvium.contracts.config.ConfigLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a {@link BatchDump}. Run it with {@code bench/run.sh peers.DumpCommand --config alluvium.yaml --steps 300 DIR}. */
@Command(
        name = "dump",
        mixinStandardHelpOptions = true,
        description = "Writes initial weights, batches and learning rates of a run's first steps.")
public final class DumpCommand implements Callable<Integer> {

    @Option(names = "--config", description = "Configuration file. Default: ${DEFAULT-VALUE}.")
    private Path config = Path.of("alluvium.yaml");

    @Option(names = "--set", description = "key=value instead of the file's; can be repeated.")
    private List<String> overrides = List.of();

    @Option(names = "--steps", description = "Steps to write. Default: ${DEFAULT-VALUE}.")
    private int steps = 300;

    @Parameters(paramLabel = "DIR", description = "Folder to write to.")
    private Path folder;

    @Spec
    private CommandSpec command;

    public static void main(String[] args) {
        System.exit(new CommandLine(new DumpCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        BatchDump dump = BatchDump.write(ConfigLoader.load(config, overrides), steps, folder);
        int tokens = dump.steps().stream().mapToInt(BatchDump.Step::tokens).sum();
        command.commandLine()
                .getOut()
                .printf("%,d steps of %,d tokens in all: %s%n", dump.steps().size(), tokens, folder);
        command.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
