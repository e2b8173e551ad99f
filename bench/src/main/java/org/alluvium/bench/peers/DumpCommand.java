package org.alluvium.bench.peers;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.model.ModelShape;
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

    @Option(
            names = "--synthetic",
            paramLabel = "V",
            description = "Seeded tokens of a vocabulary of this size instead of the corpus.")
    private Optional<Integer> synthetic = Optional.empty();

    @Parameters(paramLabel = "DIR", description = "Folder to write to.")
    private Path folder;

    @Spec
    private CommandSpec command;

    public static void main(String[] args) {
        System.exit(new CommandLine(new DumpCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        AlluviumConfig loaded = ConfigLoader.load(config, overrides);
        BatchDump dump = synthetic.isPresent()
                ? synthetic(loaded, synthetic.get(), steps, folder)
                : ofCorpus(loaded, steps, folder);
        int tokens = dump.steps().stream().mapToInt(BatchDump.Step::tokens).sum();
        command.commandLine()
                .getOut()
                .printf("%,d steps of %,d tokens in all: %s%n", dump.steps().size(), tokens, folder);
        command.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    /** The first steps of a run over the configuration's corpus; waits for documents as the trainer does. */
    static BatchDump ofCorpus(AlluviumConfig config, int steps, Path folder) throws InterruptedException {
        Vocabulary vocabulary = Vocabulary.of(config.tokenizer());
        ModelShape shape = ModelShape.of(config.model(), vocabulary.size());
        try (CorpusFeed feed = new CorpusFeed(config, vocabulary, shape.context())) {
            return BatchDump.write(config, shape, feed, steps, folder);
        }
    }

    private static BatchDump synthetic(AlluviumConfig config, int vocabulary, int steps, Path folder)
            throws InterruptedException {
        ModelShape shape = ModelShape.of(config.model(), vocabulary);
        try (SyntheticFeed feed = new SyntheticFeed(
                shape,
                config.train().batch(),
                config.train().accumulate(),
                config.train().seed())) {
            return BatchDump.write(config, shape, feed, steps, folder);
        }
    }
}
