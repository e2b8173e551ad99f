package org.alluvium.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.alluvium.bench.operation.MeasuredBackend;
import org.alluvium.bench.operation.OperationClock;
import org.alluvium.trainer.backend.Backend;
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
 * What a training step could reach on GPUs that nobody has measured it on: FLOPs and bytes of every operation are counted in a
 * step on this machine, in FP32, and set against the published peaks of a GPU. It is a bound, not a promise: a kernel that
 * reaches half of it is a good one. To measure: {@code bench/run.sh TrainStepBenchmark --backend tornado --whole}.
 */
@Command(
        name = "roofline",
        mixinStandardHelpOptions = true,
        description = "Bounds the speed of a training step on GPUs from their published peaks.")
public final class Roofline implements Callable<Integer> {

    private static final double TERA = 1e12;
    private static final int MEASURED_STEPS = 1;

    /**
     * A GPU as its data sheet has it, without sparsity.
     *
     * @param fp32 TFLOP/s
     * @param tf32 TFLOP/s of matrix units
     * @param bf16 TFLOP/s of matrix units that accumulate in FP32
     * @param bandwidth TB/s
     */
    private record Gpu(String name, double fp32, double tf32, double bf16, double bandwidth) {}

    private static final List<Gpu> GPUS = List.of(
            new Gpu("A100 SXM 80 GB", 19.5, 156, 312, 2.04),
            new Gpu("H100 SXM 80 GB", 67, 494.7, 989.4, 3.35),
            new Gpu("RTX 4090", 82.6, 82.6, 165.2, 1.008),
            new Gpu("L4", 30.3, 60, 121, 0.3));

    @Mixin
    private ModelOptions options;

    @Option(
            names = "--launch-micros",
            description = "Microseconds that a launch of a kernel costs. Default: ${DEFAULT-VALUE}.")
    private double launchMicros = 10;

    @Spec
    private CommandSpec command;

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Roofline()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        ModelShape shape = options.shape();
        int rows = options.config().train().batch();
        int tokens = rows * shape.context();
        OperationClock clock = new OperationClock();
        Backend backend = options.openBackend();
        try (Transformer model = new Transformer(shape, TrainingSetup.of(rows), new MeasuredBackend(backend, clock))) {
            SyntheticTraining training = new SyntheticTraining(model, rows);
            clock.reset();
            training.steps(MEASURED_STEPS);
        }
        double launches = clock.calls() * launchMicros * 1e-6;
        out.printf(
                "%,d parameters, %,d tokens a step, %,d operations of %.0f us each; tokens/s at most, not measured%n",
                shape.parameterCount(), tokens, clock.calls(), launchMicros);
        out.printf("%-16s %12s %12s %12s%n", "GPU", "FP32", "TF32", "BF16");
        for (Gpu gpu : GPUS) {
            out.printf(
                    "%-16s %,12.0f %,12.0f %,12.0f%n",
                    gpu.name(),
                    tokens / (clock.secondsAtLeast(gpu.fp32() * TERA, gpu.bandwidth() * TERA) + launches),
                    tokens / (clock.secondsAtLeast(gpu.tf32() * TERA, gpu.bandwidth() * TERA) + launches),
                    tokens / (clock.secondsAtLeast(gpu.bf16() * TERA, gpu.bandwidth() * TERA) + launches));
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
