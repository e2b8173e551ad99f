package org.alluvium.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.shard.ShardWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The most memory that training takes beside what the plan said, for models of 1 to 124 million parameters and contexts of 128
 * to 4,096 tokens. Each is trained for a few steps by a process of its own, {@link MemoryTrial}, with the JVM options of
 * {@code alluvium train}, everything that is on by default, a checkpoint and an evaluation in the background. Linux only. Run
 * it with {@code bench/run.sh MemoryBenchmark}, or with the names of shapes behind it.
 */
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        description = "Compares the peak memory of training processes with their plans.")
public final class MemoryBenchmark implements Callable<Integer> {

    private static final double MIB = 1 << 20;
    private static final double BOUND = 0.05;
    private static final int DOCUMENTS = 2000;
    private static final int TOKENS = 600; // of a document

    /** The scales, and the contexts at one size; the batch holds 2,048 tokens unless a row is longer. */
    private static final Map<String, List<String>> SHAPES = Map.ofEntries(
            shape("1m-t128", "tiny", 128, 16),
            shape("3m-t256", "small", 256, 8, "model.layers=2", "model.channels=128"),
            shape("7m-t128", "small", 128, 16),
            shape("7m-t256", "small", 256, 8),
            shape("7m-t1024", "small", 1024, 2),
            shape("7m-t4096", "small", 4096, 1),
            shape("33m-t512", "base", 512, 4),
            shape("33m-t4096", "base", 4096, 1),
            shape("97m-t1024", "gpt2", 1024, 2),
            shape("124m-t128", "gpt2", 128, 8, "model.tiedEmbeddings=false", "model.layers=14"),
            shape("124m-t256", "gpt2", 256, 4, "model.tiedEmbeddings=false", "model.layers=14"),
            shape("124m-t1024", "gpt2", 1024, 4, "model.tiedEmbeddings=false", "model.layers=14"));

    @Parameters(paramLabel = "SHAPE", arity = "0..*", description = "Which; all of them if none is named.")
    private List<String> names = List.of();

    @Option(names = "--steps", description = "Steps of each. Default: ${DEFAULT-VALUE}.")
    private int steps = 6;

    @Option(names = "--set", description = "Overrides of the configuration, for example train.precision=fp32.")
    private List<String> overrides = List.of();

    @Spec
    private CommandSpec command;

    public static void main(String[] args) {
        System.exit(new CommandLine(new MemoryBenchmark()).execute(args));
    }

    private static Map.Entry<String, List<String>> shape(
            String name, String preset, int context, int rows, String... others) {
        List<String> settings =
                new ArrayList<>(List.of("model.preset=" + preset, "model.context=" + context, "train.batch=" + rows));
        settings.addAll(List.of(others));
        return Map.entry(name, List.copyOf(settings));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = command.commandLine().getOut();
        Path folder = Files.createTempDirectory("alluvium-memory-");
        try {
            writeCorpus(folder.resolve("corpus"));
            out.printf("%-12s %10s %10s %8s%n", "shape", "plan MiB", "peak MiB", "peak is");
            boolean within = true;
            for (String name :
                    names.isEmpty() ? SHAPES.keySet().stream().sorted().toList() : names) {
                within &= run(out, folder, name);
            }
            return within ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } finally {
            delete(folder);
        }
    }

    private boolean run(PrintWriter out, Path folder, String name) throws IOException, InterruptedException {
        String[] numbers = train(folder, name).split(" ", -1);
        double planned = Long.parseLong(numbers[0]);
        double peak = Long.parseLong(numbers[1]);
        double difference = peak / planned - 1;
        out.printf("%-12s %10.1f %10.1f %+7.1f%%%n", name, planned / MIB, peak / MIB, 100 * difference);
        out.flush();
        return Math.abs(difference) <= BOUND;
    }

    /** The last line that the process prints. */
    private String train(Path folder, String name) throws IOException, InterruptedException {
        if (!SHAPES.containsKey(name)) {
            throw new IllegalArgumentException("no shape " + name + "; there are " + SHAPES.keySet());
        }
        Path run = folder.resolve(name);
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("bin", "jvm", "train.options").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                MemoryTrial.class.getName(),
                folder.toString(),
                "corpus.dir=" + folder.resolve("corpus"),
                "train.run=" + run,
                "train.steps=" + steps,
                "train.shuffleWindow=256",
                "train.eval.heldOutDocuments=4",
                "train.eval.everySteps=2",
                "train.checkpoint.permanentEverySteps=2"));
        line.addAll(SHAPES.get(name));
        line.addAll(overrides);
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the process of " + name + " failed: " + output);
        }
        delete(run);
        return output.lines().reduce((before, last) -> last).orElseThrow();
    }

    /** Seeded tokens: what a text says takes no memory. */
    private static void writeCorpus(Path folder) throws IOException {
        CorpusLayout corpus = new CorpusLayout(folder).create();
        Vocabulary vocabulary = Vocabulary.bundled();
        ShardMetadata metadata =
                new ShardMetadata(ShardMetadata.SCHEMA_VERSION, vocabulary.digest(), "", "bench", true, false);
        SplittableRandom random = new SplittableRandom(1);
        String path = "shards/00000000.parquet";
        ShardFile shard;
        try (ShardWriter writer = ShardWriter.open(corpus.resolve(path), metadata)) {
            IntStream.range(0, DOCUMENTS).forEach(number -> writer.write(row(number, random, vocabulary)));
            shard = writer.finish(path);
        }
        DemoRows.publish(corpus, List.of(shard));
    }

    private static ShardRow row(int number, SplittableRandom random, Vocabulary vocabulary) {
        int[] ids =
                random.ints(TOKENS, vocabulary.size() / 2, vocabulary.size()).toArray();
        return DemoRows.row(number, "", ids);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
