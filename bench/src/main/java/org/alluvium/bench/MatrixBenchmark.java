package org.alluvium.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.Weight;
import org.alluvium.trainer.backend.cpu.CpuProvider;
import org.alluvium.trainer.backend.reference.Precision;
import org.alluvium.trainer.backend.reference.ReferenceBackend;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Times the three products of linear layers as training has them, in every way that this machine knows, after comparing each
 * way with the reference backend. Prints the best round by wall clock and the average by CPU time, which a shared machine
 * disturbs less.
 */
@Command(
        name = "matrices",
        mixinStandardHelpOptions = true,
        description = "Times matrix products, after checking that they compute what the reference does.")
public final class MatrixBenchmark implements Callable<Integer> {

    private static final double TOLERANCE = 1e-5;
    private static final LinearShape CHECKED = new LinearShape(75, 70, 131);
    private static final List<LinearShape> SHAPES = List.of(
            new LinearShape(2048, 384, 384),
            new LinearShape(2048, 384, 1152),
            new LinearShape(2048, 384, 2048),
            new LinearShape(2048, 1024, 384),
            new LinearShape(1024, 384, 8192));

    @Option(names = "--threads", description = "Threads; 0 takes every core. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--rounds", description = "Timed rounds of each product. Default: ${DEFAULT-VALUE}.")
    private int rounds = 10;

    @Option(names = "--calls", description = "Products of a round. Default: ${DEFAULT-VALUE}.")
    private int calls = 10;

    @Spec
    private CommandSpec command;

    public static void main(String[] args) {
        System.exit(new CommandLine(new MatrixBenchmark()).execute(args));
    }

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        List<Supplier<Backend>> ways = List.of(
                () -> new CpuProvider().open(threads, TrainConfig.Precision.AUTO),
                () -> new CpuProvider().open(threads, TrainConfig.Precision.FP32),
                () -> CpuProvider.openWithoutLibrary(
                        threads > 0 ? threads : Runtime.getRuntime().availableProcessors(), "to compare"));
        for (Supplier<Backend> way : ways) {
            try (Backend backend = way.get()) {
                out.println(backend.info());
                if (!agreesWithReference(backend, out)) {
                    return CommandLine.ExitCode.SOFTWARE;
                }
                SHAPES.forEach(shape -> time(backend, shape, out));
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /** The operands and results of a linear layer. */
    private record Layer(
            Backend backend,
            LinearShape shape,
            Tensor input,
            Weight weight,
            Tensor output,
            Tensor dOut,
            Tensor dIn,
            Tensor dWeight) {

        static Layer random(Backend backend, LinearShape shape) {
            SplittableRandom random = new SplittableRandom(7);
            int input = shape.rows() * shape.in();
            int output = shape.rows() * shape.out();
            int weight = shape.out() * shape.in();
            return new Layer(
                    backend,
                    shape,
                    uniform(backend, random, input),
                    backend.weight(floats(backend, random, weight), shape.out(), shape.in(), true),
                    backend.allocate(output),
                    uniform(backend, random, output),
                    backend.allocate(input),
                    backend.allocate(weight));
        }

        private static Tensor floats(Backend backend, SplittableRandom random, int size) {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) random.nextDouble(-1, 1);
            }
            Tensor tensor = backend.allocate(size);
            backend.write(tensor, values, size);
            return tensor;
        }

        private static Tensor uniform(Backend backend, SplittableRandom random, int size) {
            Tensor tensor = backend.allocate(size, backend.activations());
            backend.copy(tensor, floats(backend, random, size), size);
            return tensor;
        }

        void forward() {
            backend.linear(output, input, weight, shape, false);
        }

        void backwardInput() {
            backend.linearBackwardInput(dIn, dOut, weight, shape);
        }

        void backwardWeight() {
            backend.linearBackwardWeight(dWeight, dOut, input, shape, false);
        }

        List<float[]> results() {
            forward();
            backwardInput();
            backwardWeight();
            return List.of(read(output), read(dIn), read(dWeight));
        }

        private float[] read(Tensor tensor) {
            float[] values = new float[Math.toIntExact(tensor.size())];
            backend.read(tensor, values, values.length);
            return values;
        }
    }

    private static boolean agreesWithReference(Backend backend, PrintWriter out) {
        double worst = 0;
        try (Backend reference = new ReferenceBackend(Precision.DOUBLE, backend.activations())) {
            List<float[]> expected = Layer.random(reference, CHECKED).results();
            List<float[]> actual = Layer.random(backend, CHECKED).results();
            for (int i = 0; i < expected.size(); i++) {
                worst = Math.max(worst, difference(actual.get(i), expected.get(i)));
            }
        }
        boolean agrees = worst <= TOLERANCE;
        out.printf("differs from the reference by %.1e: %s%n", worst, agrees ? "correct" : "WRONG, nothing is timed");
        return agrees;
    }

    /** The largest difference, as a share of the largest value. */
    private static double difference(float[] actual, float[] expected) {
        double largest = 0;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        return worst / largest;
    }

    private void time(Backend backend, LinearShape shape, PrintWriter out) {
        Layer layer = Layer.random(backend, shape);
        time("forward", shape, layer::forward, out);
        time("input's gradient", shape, layer::backwardInput, out);
        time("weight's gradient", shape, layer::backwardWeight, out);
        out.flush();
    }

    private void time(String name, LinearShape shape, Runnable product, PrintWriter out) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double best = Double.MAX_VALUE;
        long cpu = 0;
        for (int round = 0; round < 2 * rounds; round++) {
            if (round == rounds) {
                cpu = system.getProcessCpuTime(); // what came before was to warm up
            }
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                product.run();
            }
            best = Math.min(best, (double) (System.nanoTime() - start));
        }
        double perCpu = (double) shape.flops() * calls * rounds / (system.getProcessCpuTime() - cpu);
        out.printf(
                "%-18s %5d rows, %5d to %5d: %6.0f GFLOP/s; %6.0f per CPU-second%n",
                name, shape.rows(), shape.in(), shape.out(), (double) shape.flops() * calls / best, perCpu);
    }
}
