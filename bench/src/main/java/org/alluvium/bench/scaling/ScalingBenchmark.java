package org.alluvium.bench.scaling;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.alluvium.tokenizer.Vocabulary;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Speed, and the most memory that training takes beside what the plan said, for models of 1 to 124 million parameters and
 * contexts of 128 to 4,096 tokens. Each {@link Trial} is trained by a process of its own. Run it with
 * {@code bench/run.sh scaling.ScalingBenchmark}, or with beginnings of names behind it, such as {@code 7m} or
 * {@code 124m-t1024-bf16}. Linux only.
 */
@Command(
        name = "scaling",
        mixinStandardHelpOptions = true,
        description = "Trains models of many sizes; compares their speed, and their peak memory with their plans.")
public final class ScalingBenchmark implements Callable<Integer> {

    private static final double BOUND = 0.05;
    private static final int LARGE_VOCABULARY = 50_257;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Beginnings of names; all trials without any.")
    private List<String> names = List.of("");

    @Option(names = "--set", description = "Overrides of the configuration, for example train.recompute=blocks.")
    private List<String> overrides = List.of();

    @Spec
    private CommandSpec command;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ScalingBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = command.commandLine().getOut();
        List<Trial> trials = Trial.all().stream()
                .filter(trial -> names.stream().anyMatch(trial.name()::startsWith))
                .toList();
        Path folder = Files.createTempDirectory("alluvium-scaling-");
        try {
            TrialCorpus plain = TrialCorpus.write(folder, Vocabulary.bundled().size());
            TrialCorpus large = TrialCorpus.write(folder, LARGE_VOCABULARY);
            out.print(Outcome.head());
            boolean within = true;
            for (Trial trial : trials) {
                Outcome outcome = run(trial, trial.size().hasLargeVocabulary() ? large : plain, folder);
                out.print(outcome.row(trial.name()));
                out.flush();
                within &= Math.abs(outcome.difference()) <= BOUND;
            }
            return within ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } finally {
            delete(folder);
        }
    }

    private Outcome run(Trial trial, TrialCorpus corpus, Path folder) throws IOException, InterruptedException {
        Path run = folder.resolve(trial.name());
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("bin", "jvm", "train.options").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                TrialProcess.class.getName(),
                folder.toString(),
                "train.run=" + run));
        line.addAll(corpus.settings());
        line.addAll(trial.settings());
        line.addAll(overrides);
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the process of " + trial.name() + " failed: " + output);
        }
        delete(run);
        return Outcome.parse(output.lines().reduce((before, last) -> last).orElseThrow());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
