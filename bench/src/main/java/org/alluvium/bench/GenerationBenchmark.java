package org.alluvium.bench;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.alluvium.bench.operation.MeasuredBackend;
import org.alluvium.bench.operation.OperationClock;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel.Slot;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.model.Transformer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Times how fast a model of random weights continues a text, a token at a time. First it compares the logits of a token that
 * goes on from remembered keys and values with those of the whole text, and refuses to time anything if they differ. Every
 * token reads every weight once, so the bytes of the weights over the time of a token, beside the rate at which the same
 * threads read memory, tell how far it is from that limit. Then it prints where the time went.
 */
@Command(
        name = "generation",
        mixinStandardHelpOptions = true,
        description = "Times the continuation of a text, after checking that remembered keys change nothing.")
public final class GenerationBenchmark implements Callable<Integer> {

    private static final double LOGIT_TOLERANCE = 1e-3;
    private static final double ROUNDED_LOGIT_TOLERANCE = 3e-2;
    private static final double GIGA = 1e9;

    @Mixin
    private ModelOptions options;

    @Option(names = "--prompt", description = "Tokens that the text begins with. Default: ${DEFAULT-VALUE}.")
    private int prompt = 16;

    @Option(names = "--tokens", description = "Tokens of a run. Default: ${DEFAULT-VALUE}.")
    private int tokens = 100;

    @Option(names = "--runs", description = "Timed runs, after one that is not. Default: ${DEFAULT-VALUE}.")
    private int runs = 5;

    @Spec
    private CommandSpec command;

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new GenerationBenchmark()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        ModelShape shape = options.shape();
        int[] ids = new SplittableRandom(1)
                .ints(prompt + tokens, 0, shape.vocabulary())
                .toArray();
        OperationClock clock = new OperationClock();
        Backend backend = options.openBackend();
        boolean rounded = backend.activations() == ElementType.BF16;
        try (Transformer model =
                new Transformer(shape, TrainingSetup.toEvaluate(1), new MeasuredBackend(backend, clock))) {
            fill(model);
            out.printf("%s%n%s%n%,d parameters%n", backend.info(), shape, shape.parameterCount());
            if (!remembersRightly(out, model, ids, rounded ? ROUNDED_LOGIT_TOLERANCE : LOGIT_TOLERANCE)) {
                return CommandLine.ExitCode.SOFTWARE;
            }
            secondsPerToken(model, ids);
            clock.reset();
            double weightBytes =
                    shape.parameterCount() * (double) backend.activations().bytes();
            double readRate = ReadRate.measure(backend.info().threads());
            for (int run = 0; run < runs; run++) {
                double seconds = secondsPerToken(model, ids);
                out.printf(
                        "%,.1f tokens/s: %.1f GB/s of weights; memory is read at %.1f GB/s%n",
                        1 / seconds, weightBytes / seconds / GIGA, readRate / GIGA);
            }
            clock.print(out, runs * tokens, model.measurePeakFlops());
        }
        return CommandLine.ExitCode.OK;
    }

    /** Small random weights, and norms that scale by 1. */
    private static void fill(Transformer model) {
        SplittableRandom random = new SplittableRandom(2);
        for (ParameterInfo parameter : model.parameters()) {
            float[] values = new float[parameter.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = parameter.name().contains("norm") ? 1 : (random.nextFloat() - 0.5f) / 10;
            }
            model.write(parameter, Slot.WEIGHT, values);
        }
    }

    private boolean remembersRightly(PrintWriter out, Transformer model, int[] ids, double tolerance) {
        model.nextTokenLogits(ids, prompt);
        float[] remembered = model.nextTokenLogits(ids, prompt + 1);
        model.nextTokenLogits(new int[] {0}, 1); // another text, so that nothing is remembered of this one
        float[] anew = model.nextTokenLogits(ids, prompt + 1);
        double largest = 0;
        double worst = 0;
        for (int i = 0; i < anew.length; i++) {
            largest = Math.max(largest, Math.abs(anew[i]));
            worst = Math.max(worst, Math.abs(remembered[i] - anew[i]));
        }
        boolean agrees = worst <= tolerance * largest;
        out.printf(
                "logits of a continued text differ by at most %.1e of the largest: %s%n",
                worst / largest, agrees ? "correct" : "WRONG, nothing is timed");
        return agrees;
    }

    /** Mean time of a token after the prompt. */
    private double secondsPerToken(Transformer model, int[] ids) {
        int[] text = Arrays.copyOf(ids, ids.length);
        model.nextTokenLogits(text, prompt);
        long began = System.nanoTime();
        for (int length = prompt + 1; length <= text.length; length++) {
            model.nextTokenLogits(text, length);
        }
        return (System.nanoTime() - began) / GIGA / tokens;
    }
}
