package org.alluvium.bench.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.alluvium.contracts.layout.RunLayout;

/**
 * How long it takes to open a long run: from the start of the process to its first whole answers, the overview and the chart of
 * the loss. Those who read the same file beside it, each in a process of its own, in turn, say what the answers must be: plain
 * Jackson on one thread, and DuckDB on all.
 *
 * <p>Run it with {@code bench/run.sh dashboard.OpenBenchmark FOLDER [STEPS [RUNS]]} from the checkout. The events are written if
 * they are not there, about 450 MB for a million steps.
 */
public final class OpenBenchmark {

    private static final int POINTS = 900;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MIB = 1 << 20;

    private final RunLayout run;
    private final int steps;
    private final PrintWriter out;

    private OpenBenchmark(Path folder, int steps, PrintWriter out) {
        this.run = new RunLayout(folder);
        this.steps = steps;
        this.out = out;
    }

    /** What somebody took. */
    private record Cost(double seconds, double peakMiB) {

        @Override
        public String toString() {
            return String.format("%6.2f s %6.0f MiB", seconds, peakMiB);
        }
    }

    /** Prints a line for each run. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("usage: OpenBenchmark FOLDER [STEPS [RUNS]]");
        }
        int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        new OpenBenchmark(Path.of(arguments[0]).toAbsolutePath(), steps, out).run(runs);
    }

    private void run(int runs) throws IOException, InterruptedException {
        SyntheticSteps.write(run, steps);
        out.println("run            dashboard      plain Jackson             DuckDB");
        List<Cost> dashboards = new ArrayList<>();
        List<Cost> jacksons = new ArrayList<>();
        List<Cost> duckDbs = new ArrayList<>();
        for (int i = 1; i <= runs; i++) {
            EventFacts[] facts = new EventFacts[2];
            jacksons.add(peer(EventFacts.Reader.JACKSON, facts, 0));
            duckDbs.add(peer(EventFacts.Reader.DUCKDB, facts, 1));
            if (!facts[0].equals(facts[1])) {
                throw new IllegalStateException("the peers differ: " + Arrays.toString(facts));
            }
            dashboards.add(open(facts[0]));
            out.println(i + "    " + dashboards.getLast() + "  " + jacksons.getLast() + "  " + duckDbs.getLast());
        }
        double median = median(dashboards);
        out.printf(
                "median %.2f s; plain Jackson takes %.1f times that, DuckDB %.1f%n",
                median, median(jacksons) / median, median(duckDbs) / median);
    }

    private static double median(List<Cost> costs) {
        double[] seconds = costs.stream().mapToDouble(Cost::seconds).sorted().toArray();
        return seconds[seconds.length / 2];
    }

    private Cost open(EventFacts facts) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (DashboardProcess dashboard =
                DashboardProcess.start(run.root(), run.root().resolve("logs"))) {
            dashboard.awaitReady();
            JsonNode overview = dashboard.ask("/api/overview");
            JsonNode loss = dashboard.ask("/api/points?name=step/loss&smooth=0.6&points=" + POINTS);
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            check(overview, loss.path("series").path("step/loss"), facts);
            return new Cost(seconds, DashboardProcess.peakBytes(dashboard.pid()) / MIB);
        }
    }

    private void check(JsonNode overview, JsonNode loss, EventFacts facts) {
        double smallest = figures(loss.path("min")).stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElseThrow();
        double largest = figures(loss.path("max")).stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
        EventFacts shown = new EventFacts(
                overview.path("revision").asLong(),
                overview.at("/step/step").asLong(),
                smallest,
                largest,
                overview.at("/step/loss").asDouble());
        boolean spike = steps < SyntheticSteps.SPIKE || largest == SyntheticSteps.SPIKE_LOSS;
        if (!shown.equals(facts) || !spike || loss.path("x").size() != POINTS) {
            throw new IllegalStateException("shown is " + shown + ", and it should be " + facts);
        }
    }

    private static List<Double> figures(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asDouble)
                .toList();
    }

    private Cost peer(EventFacts.Reader reader, EventFacts[] facts, int index)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        EventFacts.class.getName(),
                        reader.name(),
                        run.events().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader console = process.inputReader(StandardCharsets.UTF_8)) {
            String[] words = console.readLine().split(" ", -1);
            process.waitFor();
            facts[index] = EventFacts.parse(words);
            return new Cost((System.nanoTime() - start) / NANOS_PER_SECOND, Long.parseLong(words[5]) / MIB);
        }
    }
}
