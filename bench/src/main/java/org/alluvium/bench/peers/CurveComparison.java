package org.alluvium.bench.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.RunLayout;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Joins the steps of one of our runs with those that {@code torch_curve.py} printed: the losses from the run's journal, the
 * speed from its events. Prints how far the losses are apart and what each side's speed was, and writes every step to a CSV
 * file. Run it with {@code bench/run.sh peers.CurveComparison RUN TORCH.jsonl CSV}.
 */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Compares a run with the same steps in PyTorch, step by step.")
public final class CurveComparison implements Callable<Integer> {

    private static final int LAST = 50;

    @Parameters(index = "0", paramLabel = "RUN", description = "Folder of our run.")
    private Path run;

    @Parameters(index = "1", paramLabel = "TORCH", description = "What torch_curve.py printed.")
    private Path torch;

    @Parameters(index = "2", paramLabel = "CSV", description = "File to write, one line a step.")
    private Path csv;

    @Option(names = "--warm-up", description = "First steps whose speed does not count. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 10;

    @Spec
    private CommandSpec command;

    public static void main(String[] args) {
        System.exit(new CommandLine(new CurveComparison()).execute(args));
    }

    @Override
    public Integer call() {
        List<CurvePoint> points = join(new RunLayout(run), torch);
        if (points.isEmpty()) {
            command.commandLine().getErr().println("the two have no step in common");
            return CommandLine.ExitCode.SOFTWARE;
        }
        writeCsv(points);
        report(command.commandLine().getOut(), points);
        return CommandLine.ExitCode.OK;
    }

    /** The steps that both have, in order. */
    static List<CurvePoint> join(RunLayout run, Path torch) {
        Map<Long, JsonNode> journal = StepLines.bySteps(run.journal());
        Map<Long, JsonNode> events = StepLines.bySteps(run.events());
        List<CurvePoint> points = new ArrayList<>();
        StepLines.bySteps(torch).forEach((step, theirs) -> {
            JsonNode ours = journal.get(step);
            if (ours != null) {
                points.add(new CurvePoint(
                        step,
                        ours.path("loss").doubleValue(),
                        theirs.path("loss").doubleValue(),
                        events.getOrDefault(step, MissingNode.getInstance())
                                .path("tokensPerSecond")
                                .asDouble(Double.NaN),
                        theirs.path("tokensPerSecond").doubleValue()));
            }
        });
        return points;
    }

    private void writeCsv(List<CurvePoint> points) {
        List<String> lines = new ArrayList<>();
        lines.add("step,loss,torchLoss,relativeDifference,tokensPerSecond,torchTokensPerSecond");
        for (CurvePoint point : points) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%d,%.7f,%.7f,%.2e,%.0f,%.0f",
                    point.step(),
                    point.ours(),
                    point.theirs(),
                    point.difference(),
                    point.ourSpeed(),
                    point.theirSpeed()));
        }
        try {
            Files.write(csv, lines);
        } catch (IOException e) {
            throw StorageException.of("write the comparison", csv, e);
        }
    }

    private void report(PrintWriter out, List<CurvePoint> points) {
        out.printf("steps                    largest relative difference of the loss%n");
        for (int from = 0; from < points.size(); from += LAST) {
            List<CurvePoint> part = points.subList(from, Math.min(points.size(), from + LAST));
            double worst =
                    part.stream().mapToDouble(CurvePoint::difference).max().orElseThrow();
            out.printf(
                    "%5d to %5d           %.1e%n",
                    part.getFirst().step(), part.getLast().step(), worst);
        }
        List<CurvePoint> last = points.subList(Math.max(0, points.size() - LAST), points.size());
        double ours = mean(last, CurvePoint::ours);
        double theirs = mean(last, CurvePoint::theirs);
        out.printf(
                "mean loss of the last %d steps: %.5f, PyTorch %.5f (difference %+.1e)%n",
                last.size(), ours, theirs, (ours - theirs) / theirs);
        List<CurvePoint> timed = points.subList(Math.min(warmUp, points.size() - 1), points.size());
        double speed = median(timed, CurvePoint::ourSpeed);
        double theirSpeed = median(timed, CurvePoint::theirSpeed);
        out.printf(
                "median tokens/s of %d steps: %,.0f, PyTorch %,.0f (ratio %.2f)%n",
                timed.size(), speed, theirSpeed, speed / theirSpeed);
        out.flush();
    }

    private static double mean(List<CurvePoint> points, ToDoubleFunction<CurvePoint> value) {
        return points.stream().mapToDouble(value).average().orElseThrow();
    }

    private static double median(List<CurvePoint> points, ToDoubleFunction<CurvePoint> value) {
        double[] sorted = points.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
