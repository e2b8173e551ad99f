package org.alluvium.bench.peers;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Puts two trainings of one dump beside each other: first whether their losses agree, then how fast they were. Losses that
 * do not agree make it fail, and no speed is printed. Run it with {@code bench/run.sh peers.SpeedComparison OURS THEIRS}.
 */
@Command(
        name = "speed",
        mixinStandardHelpOptions = true,
        description = "Compares the speed of two trainings, after checking that their losses agree.")
public final class SpeedComparison implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "OURS", description = "Lines that peers.DumpTraining printed.")
    private Path ours;

    @Parameters(index = "1", paramLabel = "THEIRS", description = "Lines that torch_curve.py printed.")
    private Path theirs;

    @Option(names = "--warm-up", description = "First steps whose speed does not count. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 10;

    @Option(
            names = "--tolerance",
            description = "Largest relative difference of a step's loss. Default: ${DEFAULT-VALUE}.")
    private double tolerance = 1e-3;

    @Spec
    private CommandSpec command;

    public static void main(String[] args) {
        System.exit(new CommandLine(new SpeedComparison()).execute(args));
    }

    /** One step of either side. */
    record Step(double loss, double tokensPerSecond) {}

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        List<Step> our = read(ours);
        List<Step> their = read(theirs);
        int steps = Math.min(our.size(), their.size());
        if (steps <= warmUp) {
            command.commandLine().getErr().printf("only %d steps, and %d are for warming up%n", steps, warmUp);
            return CommandLine.ExitCode.SOFTWARE;
        }
        double worst = difference(our, their, steps);
        out.printf(
                Locale.ROOT,
                "losses of %d steps, from %.4f to %.4f: largest relative difference %.1e%n",
                steps,
                our.get(0).loss(),
                our.get(steps - 1).loss(),
                worst);
        if (!(worst <= tolerance)) {
            out.printf(Locale.ROOT, "that is more than %.1e: nothing is compared%n", tolerance);
            out.flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
        double[] ourSpeeds = speeds(our, steps);
        double[] theirSpeeds = speeds(their, steps);
        out.printf(
                Locale.ROOT,
                "tokens/s, median (best): %,.0f (%,.0f) beside %,.0f (%,.0f): ratio %.2f%n",
                ourSpeeds[ourSpeeds.length / 2],
                ourSpeeds[ourSpeeds.length - 1],
                theirSpeeds[theirSpeeds.length / 2],
                theirSpeeds[theirSpeeds.length - 1],
                ourSpeeds[ourSpeeds.length / 2] / theirSpeeds[theirSpeeds.length / 2]);
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static double difference(List<Step> our, List<Step> their, int steps) {
        double worst = 0;
        for (int i = 0; i < steps; i++) {
            worst = Math.max(worst, Math.abs(our.get(i).loss() / their.get(i).loss() - 1));
        }
        return worst;
    }

    private double[] speeds(List<Step> steps, int count) {
        return steps.subList(warmUp, count).stream()
                .mapToDouble(Step::tokensPerSecond)
                .sorted()
                .toArray();
    }

    private static List<Step> read(Path file) {
        return StepLines.bySteps(file).values().stream()
                .map(line -> new Step(
                        line.path("loss").doubleValue(),
                        line.path("tokensPerSecond").doubleValue()))
                .toList();
    }
}
