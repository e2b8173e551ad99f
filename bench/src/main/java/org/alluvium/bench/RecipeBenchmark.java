package org.alluvium.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.alluvium.bench.profile.CallTree;
import org.alluvium.bench.profile.FlameGraph;
import org.alluvium.bench.profile.Shares;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.flink.job.IngestOptions;
import org.alluvium.flink.job.IngestProcess;

/**
 * The whole job with a recipe of filters, in megabytes of records per second of CPU time, of all threads of the process; and
 * where that time goes.
 *
 * <p>Runs come in pairs, one on no input and one on all of it, each on a fresh corpus; the difference of their CPU times is
 * what the input cost, without the start of Flink. The first pair warms up and is not counted. Before a run counts, its log
 * must account for every record, and say the same as the one before. The last run is recorded by the JVM's flight recorder,
 * for a table of packages and a flame graph.
 *
 * <p>Run it with {@code bench/run.sh RecipeBenchmark RECIPE.yaml RUNS FLAMES.svg FORMAT FILE...}: a file of the
 * sections {@code filters}, {@code dedup} and {@code mixture}, and files of documents in one of the formats of sources.
 */
public final class RecipeBenchmark {

    private static final Duration SAMPLE_EVERY = Duration.ofMillis(10);

    private final List<Path> input;
    private final String format;
    private final Path recipe;
    private final Path work;

    private RecipeBenchmark(List<Path> input, String format, Path recipe, Path work) {
        this.format = format;
        this.input = input.stream().map(Path::toAbsolutePath).toList();
        this.recipe = recipe.toAbsolutePath();
        this.work = work;
    }

    /** Prints one line per run, then the funnel and the shares of the last. */
    public static void main(String[] args) throws IOException, ParseException {
        List<Path> input = Stream.of(args).skip(4).map(Path::of).toList();
        RecipeBenchmark benchmark =
                new RecipeBenchmark(input, args[3], Path.of(args[0]), Files.createTempDirectory("recipe-benchmark"));
        int runs = Integer.parseInt(args[1]);
        Funnel funnel = benchmark.pair(0).funnel();
        for (int run = 1; run < runs; run++) {
            requireSame(funnel, benchmark.pair(run).funnel());
        }
        Path recording = benchmark.work.resolve("last.jfr");
        try (Recording flight = new Recording(Configuration.getConfiguration("default"))) {
            flight.enable("jdk.ExecutionSample").withPeriod(SAMPLE_EVERY);
            flight.enable("jdk.NativeMethodSample").withPeriod(SAMPLE_EVERY);
            flight.start();
            requireSame(funnel, benchmark.pair(runs).funnel());
            flight.dump(recording);
        }
        System.out.println(funnel);
        CallTree tree = CallTree.of(recording);
        Files.writeString(Path.of(args[2]), FlameGraph.svg(tree));
        for (Shares.Share share : Shares.of(tree)) {
            System.out.printf("| %s | %.1f %% |%n", share.name(), 100 * share.share());
        }
    }

    private static void requireSame(Funnel first, Funnel next) {
        if (!first.equals(next)) {
            throw new IllegalStateException("the same records came to " + first + " and then to " + next);
        }
    }

    private record Run(double cpuSeconds, double megabytes, Funnel funnel) {}

    private Run pair(int number) throws IOException {
        double empty = run("empty-" + number, false).cpuSeconds();
        Run full = run("full-" + number, true);
        double cost = full.cpuSeconds() - empty;
        System.out.printf(
                "%s: %.1f MB in %.2f CPU-s (and %.2f to start and stop) = %.2f MB per CPU-second%n",
                number == 0 ? "warm-up" : "run " + number, full.megabytes(), cost, empty, full.megabytes() / cost);
        return full;
    }

    private Run run(String name, boolean withInput) throws IOException {
        Path folder = Files.createDirectories(work.resolve(name));
        Path in = Files.createDirectories(folder.resolve("in"));
        if (withInput) {
            linkInto(in);
        }
        Path file = Files.writeString(
                recipe.resolveSibling(work.getFileName() + ".yaml"),
                "corpus: {dir: %s}\nsources: [{name: bench, path: %s, format: %s, follow: false}]\n%s"
                        .formatted(folder.resolve("corpus"), in, format, Files.readString(recipe)));
        double before = processCpuSeconds();
        try {
            IngestProcess.run(ConfigLoader.load(file, List.of()), IngestOptions.DEFAULT);
        } finally {
            Files.delete(file);
        }
        double cpuSeconds = processCpuSeconds() - before;
        List<LogEntry.Commit> commits =
                StoreShardLog.of(new CorpusLayout(folder.resolve("corpus"))).readFrom(0).stream()
                        .filter(LogEntry.Commit.class::isInstance)
                        .map(LogEntry.Commit.class::cast)
                        .toList();
        long bytes = commits.stream()
                .flatMap(commit -> commit.sourcePositions().values().stream())
                .mapToLong(SourcePosition::bytes)
                .sum();
        Funnel funnel = commits.stream().map(LogEntry.Commit::funnel).reduce(Funnel.EMPTY, Funnel::plus);
        if (!funnel.balances() || (withInput && funnel.read() == 0)) {
            throw new IllegalStateException("the log does not account for every record: " + funnel);
        }
        return new Run(cpuSeconds, bytes / 1e6, funnel);
    }

    private void linkInto(Path folder) throws IOException {
        for (Path file : input) {
            Files.createSymbolicLink(folder.resolve(file.getFileName()), file);
        }
    }

    private static double processCpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }
}
