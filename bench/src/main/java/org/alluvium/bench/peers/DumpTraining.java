package org.alluvium.bench.peers;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ObjDoubleConsumer;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.cpu.CpuProvider;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModel.Slot;
import org.alluvium.trainer.model.TrainableModels;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.model.Transformer;
import org.alluvium.trainer.optim.AdamW;
import org.alluvium.trainer.optim.Update;
import org.alluvium.trainer.safetensors.SafetensorsReader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Takes the steps of a {@link BatchDump} with our trainer and prints the lines that {@code torch_curve.py} prints. What is
 * timed is forward, backward, clipping and update.
 */
@Command(
        name = "train-dump",
        mixinStandardHelpOptions = true,
        description = "Takes the steps of a dump and prints one JSON line a step.")
public final class DumpTraining implements Callable<Integer> {

    @Option(names = "--threads", description = "Threads; 0 takes every core. Default: ${DEFAULT-VALUE}.")
    private int threads = 2;

    @Option(names = "--precision", description = "As train.precision. Default: ${DEFAULT-VALUE}.")
    private TrainConfig.Precision precision = TrainConfig.Precision.AUTO;

    @Option(names = "--without-library", description = "Products in the Vector API, as where no native library loads.")
    private boolean withoutLibrary;

    @Parameters(paramLabel = "DIR", description = "Folder of the dump.")
    private Path folder;

    @Spec
    private CommandSpec command;

    public static void main(String[] args) {
        System.exit(new CommandLine(new DumpTraining())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException {
        BatchDump dump = BatchDump.read(folder);
        try (TrainableModel model = model(dump)) {
            command.commandLine().getErr().println(model.backend());
            command.commandLine().getErr().flush();
            train(folder, dump, model, this::print);
        }
        return CommandLine.ExitCode.OK;
    }

    private TrainableModel model(BatchDump dump) {
        TrainingSetup setup = TrainingSetup.of(dump.rows());
        return withoutLibrary
                ? new Transformer(dump.shape().toModel(), setup, CpuProvider.openWithoutLibrary(threads, "as asked"))
                : TrainableModels.create(dump.shape().toModel(), setup, TrainConfig.Backend.CPU, precision, threads);
    }

    private void print(StepLoss step, double seconds) {
        command.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "{\"step\": %d, \"loss\": %.9f, \"seconds\": %.6f, \"tokensPerSecond\": %.1f}%n",
                        step.number(),
                        step.loss(),
                        seconds,
                        step.tokens() / seconds);
        command.commandLine().getOut().flush();
    }

    /**
     * A step that was taken.
     *
     * @param number from 1
     * @param loss mean over all targets, in nats
     * @param tokens inputs that are not padding
     */
    record StepLoss(int number, double loss, int tokens) {}

    /** Restores the dump's weights and takes its steps; {@code listener} hears of each and how many seconds it took. */
    static void train(Path folder, BatchDump dump, TrainableModel model, ObjDoubleConsumer<StepLoss> listener)
            throws IOException {
        restore(model, folder.resolve(BatchDump.MODEL));
        try (InputStream file = Files.newInputStream(folder.resolve(BatchDump.BATCHES));
                DataInputStream in = new DataInputStream(new BufferedInputStream(file))) {
            for (int number = 1; number <= dump.steps().size(); number++) {
                List<Batch> batches = batches(dump, in);
                long start = System.nanoTime();
                double loss = gradients(model, batches);
                model.gradientNorm();
                model.update(update(dump, number));
                double seconds = (System.nanoTime() - start) / 1e9;
                int tokens = dump.steps().get(number - 1).tokens();
                listener.accept(new StepLoss(number, loss, tokens), seconds);
            }
            if (in.read() >= 0) {
                throw new IOException("the dump has more batches than steps: " + folder);
            }
        }
    }

    private static double gradients(TrainableModel model, List<Batch> batches) {
        int scored = batches.stream().mapToInt(Batch::scoredTokens).sum();
        float scale = scored == 0 ? 0 : (float) (1.0 / scored);
        double sum = 0;
        for (Batch batch : batches) {
            sum += model.accumulateGradients(batch, scale, new float[batch.inputs().length]);
        }
        return scored == 0 ? 0 : sum / scored;
    }

    private static Update update(BatchDump dump, int number) {
        BatchDump.Optimizer o = dump.optimizer();
        double learningRate = dump.steps().get(number - 1).learningRate();
        return new Update(
                number, o.gradientClip(), new AdamW(learningRate, o.beta1(), o.beta2(), o.epsilon(), o.weightDecay()));
    }

    private static List<Batch> batches(BatchDump dump, DataInputStream in) throws IOException {
        int context = dump.shape().context();
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < dump.accumulate(); i++) {
            int size = dump.rows() * context;
            batches.add(new Batch(dump.rows(), context, ints(in, size), ints(in, size), ints(in, size)));
        }
        return batches;
    }

    private static int[] ints(DataInputStream in, int count) throws IOException {
        byte[] bytes = new byte[count * Integer.BYTES];
        in.readFully(bytes);
        int[] values = new int[count];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
        return values;
    }

    private static void restore(TrainableModel model, Path file) {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            for (ParameterInfo parameter : model.parameters()) {
                model.write(parameter, Slot.WEIGHT, reader.read(parameter.name()));
            }
        }
    }
}
