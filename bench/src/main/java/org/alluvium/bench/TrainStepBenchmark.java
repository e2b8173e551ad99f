package org.alluvium.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.alluvium.bench.operation.MeasuredBackend;
import org.alluvium.bench.operation.OperationClock;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Traffic;
import org.alluvium.trainer.backend.reference.Precision;
import org.alluvium.trainer.backend.reference.ReferenceBackend;
import org.alluvium.trainer.model.MemoryFit;
import org.alluvium.trainer.model.MemoryPlan;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.model.Transformer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Times whole training steps of a backend: forward, backward and update on seeded tokens. First it trains a small
 * model on both that and the reference backend and refuses to time anything if their losses differ. Then it warms up,
 * and prints every timed step by wall clock and by CPU time (which a shared machine disturbs less), MFU against the peak
 * that the same library reaches on the same threads just before, what a step leaves on the heap, and where the time went:
 * of each operation the FLOPs and bytes of its shape as well, and their rates.
 */
@Command(
        name = "train-step",
        mixinStandardHelpOptions = true,
        description = "Times training steps, after checking that they compute what the reference does.")
public final class TrainStepBenchmark implements Callable<Integer> {

    private static final int CHECKED_STEPS = 5;
    private static final double LOSS_TOLERANCE = 1e-4;
    private static final double ROUNDED_LOSS_TOLERANCE = 1e-3;
    private static final ModelShape CHECKED_SHAPE = new ModelShape(211, 40, 2, 48, 4, 2, 96, 10_000, 1e-5, true);

    @Mixin
    private ModelOptions options;

    @Option(names = "--recompute", description = "Compute activations again in the backward pass.")
    private boolean recompute;

    @Option(
            names = "--whole",
            description = "Time steps only, not operations: a device then runs programs of many at once.")
    private boolean whole;

    @Option(names = "--warm-up", description = "Steps before timing. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 10;

    @Option(names = "--steps", description = "Timed steps. Default: ${DEFAULT-VALUE}.")
    private int steps = 20;

    @Spec
    private CommandSpec command;

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new TrainStepBenchmark()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        if (!agreesWithReference(out)) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        ModelShape shape = options.shape();
        int rows = options.config().train().batch();
        OperationClock clock = new OperationClock();
        Backend backend = options.openBackend();
        TrainingSetup setup =
                new TrainingSetup(rows, Optional.empty(), false, 0, false, recompute, true, OptionalInt.empty());
        MemoryPlan plan = MemoryFit.require(shape, setup, backend);
        try (Transformer model = new Transformer(shape, setup, whole ? backend : new MeasuredBackend(backend, clock))) {
            out.printf(
                    "%s%n%s%n%,d parameters, %.1f MFLOP a token; %s%n",
                    backend.info(), shape, shape.parameterCount(), shape.flopsPerToken() / 1e6, plan);
            SyntheticTraining training = new SyntheticTraining(model, rows);
            training.steps(warmUp);
            double peak = model.measurePeakFlops();
            clock.reset();
            Traffic before = backend.traffic().orElse(Traffic.NONE);
            report(out, shape, rows, peak, time(training));
            backend.traffic().ifPresent(after -> report(out, after.since(before)));
            if (!whole) {
                clock.print(out, steps, peak);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private boolean agreesWithReference(PrintWriter out) {
        Backend backend = options.openBackend();
        boolean rounded = backend.activations() == ElementType.BF16;
        double[] expected = losses(new ReferenceBackend(Precision.SINGLE, backend.activations()));
        double[] actual = losses(backend);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(actual[i] / expected[i] - 1));
        }
        boolean agrees = worst <= (rounded ? ROUNDED_LOSS_TOLERANCE : LOSS_TOLERANCE);
        out.printf(
                "losses of %d steps differ from the reference by at most %.1e: %s%n",
                CHECKED_STEPS, worst, agrees ? "correct" : "WRONG, nothing is timed");
        return agrees;
    }

    private static double[] losses(Backend backend) {
        try (Transformer model = new Transformer(CHECKED_SHAPE, 3, backend)) {
            return new SyntheticTraining(model, 3).steps(CHECKED_STEPS);
        }
    }

    /** One timed step, and what all threads have allocated on the heap meanwhile. */
    private record Timing(double wallSeconds, double cpuSeconds, long heapBytes) {}

    private List<Timing> time(SyntheticTraining training) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ThreadMXBean heap = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<Timing> timings = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            long allocated = heap.getTotalThreadAllocatedBytes();
            long wall = System.nanoTime();
            long cpu = system.getProcessCpuTime();
            training.steps(1);
            timings.add(new Timing(
                    (System.nanoTime() - wall) / 1e9,
                    (system.getProcessCpuTime() - cpu) / 1e9,
                    heap.getTotalThreadAllocatedBytes() - allocated));
        }
        return timings;
    }

    private void report(PrintWriter out, Traffic traffic) {
        out.printf(
                "a step: %,d runs of programs, %,d launches, %,d bytes in, %,d bytes out%n",
                traffic.runs() / steps,
                traffic.launches() / steps,
                traffic.bytesIn() / steps,
                traffic.bytesOut() / steps);
    }

    private void report(PrintWriter out, ModelShape shape, int rows, double peak, List<Timing> timings) {
        int tokens = rows * shape.context();
        double wall = timings.stream()
                .mapToDouble(Timing::wallSeconds)
                .sorted()
                .skip(steps / 2)
                .findFirst()
                .orElseThrow();
        double best = timings.stream().mapToDouble(Timing::wallSeconds).min().orElseThrow();
        double worst = timings.stream().mapToDouble(Timing::wallSeconds).max().orElseThrow();
        double cpu = timings.stream().mapToDouble(Timing::cpuSeconds).sum() / steps;
        double flops = shape.flopsPerToken();
        timings.forEach(timing -> out.printf(
                "step of %d tokens: %.1f ms, CPU %.1f ms, %,d bytes on the heap%n",
                tokens, timing.wallSeconds() * 1e3, timing.cpuSeconds() * 1e3, timing.heapBytes()));
        out.printf(
                "tokens/s: median %,.0f (best %,.0f, worst %,.0f); per CPU-second: %,.0f%n",
                tokens / wall, tokens / best, tokens / worst, tokens / cpu);
        out.printf(
                "GFLOP/s: %.0f; peak of this library now: %.0f; MFU: %.1f %%%n",
                tokens / wall * flops / 1e9, peak / 1e9, 100 * tokens / wall * flops / peak);
        out.flush();
    }
}
