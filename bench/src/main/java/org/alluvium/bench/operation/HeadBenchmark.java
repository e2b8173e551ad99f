package org.alluvium.bench.operation;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.Backend.LossBuffers;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Indices;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.LossTerms;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.Weight;
import org.alluvium.trainer.backend.cpu.CpuProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What the output projection with its loss would take if logits were cut along the vocabulary: each chunk of columns is
 * computed once for the sums of exponentials and once more for the gradient, for all rows; and what it takes as it is,
 * cut along the rows and computed once. The operations are those of a step, on seeded numbers, in turn; the gradient of the
 * second way is not put together, since only its time is asked for.
 */
@Command(
        name = "head",
        mixinStandardHelpOptions = true,
        description = "Times the output projection cut by rows and by columns.")
public final class HeadBenchmark implements Callable<Integer> {

    @Option(names = "--tokens", description = "N. Default: ${DEFAULT-VALUE}.")
    private int tokens = 1024;

    @Option(names = "--channels", description = "C. Default: ${DEFAULT-VALUE}.")
    private int channels = 768;

    @Option(names = "--vocabulary", description = "V. Default: ${DEFAULT-VALUE}.")
    private int vocabulary = 50_257;

    @Option(names = "--rows", description = "Rows of a chunk. Default: ${DEFAULT-VALUE}.")
    private int rows = 512;

    @Option(names = "--columns", description = "Columns of a chunk. Default: ${DEFAULT-VALUE}.")
    private int columns = 8192;

    @Option(names = "--rounds", description = "How often either is timed. Default: ${DEFAULT-VALUE}.")
    private int rounds = 10;

    @Option(names = "--precision", description = "As train.precision. Default: ${DEFAULT-VALUE}.")
    private TrainConfig.Precision precision = TrainConfig.Precision.AUTO;

    @Spec
    private CommandSpec command;

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new HeadBenchmark()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        OperationClock byRows = new OperationClock();
        OperationClock byColumns = new OperationClock();
        try (Backend backend = new CpuProvider().open(0, precision)) {
            Head head = Head.allocate(backend, this);
            double peak = backend.measurePeakFlops();
            for (int round = -2; round < rounds; round++) {
                if (round == 0) {
                    byRows.reset();
                    byColumns.reset();
                }
                head.byRows(new MeasuredBackend(backend, byRows), rows);
                head.byColumns(new MeasuredBackend(backend, byColumns), columns);
            }
            out.printf("%d tokens, C %d, V %d; chunks of %d rows%n", tokens, channels, vocabulary, rows);
            byRows.print(out, rounds, peak);
            out.printf("chunks of %d columns%n", columns);
            byColumns.print(out, rounds, peak);
        }
        return CommandLine.ExitCode.OK;
    }

    /**
     * Operands of both ways.
     *
     * @param weight of the whole vocabulary
     * @param parts of {@code weight}, a chunk of columns each
     */
    private record Head(
            int tokens,
            LossBuffers buffers,
            Tensor input,
            Tensor inputGradient,
            Tensor weightGradient,
            Weight weight,
            List<Weight> parts) {

        static Head allocate(Backend backend, HeadBenchmark sizes) {
            int channels = sizes.channels;
            int vocabulary = sizes.vocabulary;
            long elements = (long) channels * vocabulary;
            SplittableRandom random = new SplittableRandom(1);
            Tensor master = random(backend, random, elements, ElementType.F32);
            List<Weight> parts = new ArrayList<>();
            for (int from = 0; from < vocabulary; from += sizes.columns) {
                int width = Math.min(sizes.columns, vocabulary - from);
                Tensor part = master.slice((long) from * channels, (long) width * channels);
                parts.add(backend.weight(part, width, channels, true));
            }
            long chunk = Math.max((long) sizes.rows * vocabulary, (long) sizes.tokens * sizes.columns);
            ElementType type = backend.activations();
            Tensor logits = backend.allocate(chunk);
            Tensor gradient = type == ElementType.F32 ? logits : backend.allocate(chunk, type);
            Indices targets = backend.allocateIndices(sizes.tokens);
            LossBuffers buffers = new LossBuffers(backend.allocate(sizes.tokens), logits, gradient, targets);
            return new Head(
                    sizes.tokens,
                    buffers,
                    random(backend, random, (long) sizes.tokens * channels, type),
                    backend.allocate((long) sizes.tokens * channels),
                    backend.allocate(elements),
                    backend.weight(master, vocabulary, channels, true),
                    parts);
        }

        private static Tensor random(Backend backend, SplittableRandom random, long size, ElementType type) {
            float[] values = new float[Math.toIntExact(size)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-0.1, 0.1);
            }
            Tensor tensor = backend.allocate(size, type);
            backend.write(tensor, values, values.length);
            return tensor;
        }

        void byRows(Backend backend, int rows) {
            for (int from = 0; from < tokens; from += rows) {
                LinearShape shape = new LinearShape(Math.min(rows, tokens - from), weight.in(), weight.out());
                Tensor part = input.slice((long) from * shape.in(), (long) shape.rows() * shape.in());
                backend.linear(buffers.logits(), part, weight, shape, false);
                backend.crossEntropyWithGradient(buffers, LossTerms.PLAIN, 1, shape.rows(), shape.out());
                backward(backend, weight, part, shape, weightGradient, from > 0);
            }
        }

        void byColumns(Backend backend, int columns) {
            for (Weight part : parts) {
                LinearShape shape = new LinearShape(tokens, part.in(), part.out());
                backend.linear(buffers.logits(), input, part, shape, false);
                backend.crossEntropy(
                        buffers.losses(), buffers.logits(), buffers.targets(), LossTerms.PLAIN, tokens, shape.out());
            }
            for (int i = 0; i < parts.size(); i++) {
                Weight part = parts.get(i);
                LinearShape shape = new LinearShape(tokens, part.in(), part.out());
                backend.linear(buffers.logits(), input, part, shape, false);
                backend.crossEntropyWithGradient(buffers, LossTerms.PLAIN, 1, tokens, shape.out());
                Tensor gradient =
                        weightGradient.slice((long) i * columns * shape.in(), (long) shape.out() * shape.in());
                backward(backend, part, input, shape, gradient, false);
            }
        }

        private void backward(
                Backend backend, Weight part, Tensor read, LinearShape shape, Tensor gradient, boolean accumulate) {
            backend.linearBackwardInput(inputGradient, buffers.gradient(), part, shape);
            backend.linearBackwardWeight(gradient, buffers.gradient(), read, shape, accumulate);
        }
    }
}
