package org.alluvium.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.config.ModelConfig;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.merkle.MerkleTree;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointKind;
import org.alluvium.trainer.checkpoint.CheckpointState;
import org.alluvium.trainer.checkpoint.Consumed;
import org.alluvium.trainer.checkpoint.Retention;
import org.alluvium.trainer.checkpoint.RunPosition;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.data.Cursor;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.guard.GuardState;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModels;
import org.alluvium.trainer.save.CheckpointWriter;
import org.alluvium.trainer.save.Checkpointer;
import org.alluvium.trainer.score.PrequentialScores;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What checkpoints cost training: how long the copy makes it wait, how long the disk then takes, and how much slower steps are
 * meanwhile. Each checkpoint is restored and compared bit by bit with the model it was taken of before its times count. Run it
 * with {@code bench/run.sh CheckpointBenchmark --preset small FOLDER}, where the folder is on the disk in question.
 */
@Command(
        name = "checkpoint",
        mixinStandardHelpOptions = true,
        description = "Times checkpoints beside training, after checking that they hold the model.")
public final class CheckpointBenchmark implements Callable<Integer> {

    private static final double NANOS_PER_MILLI = 1e6;

    @Option(names = "--preset", description = "Model preset: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private ModelConfig.Preset preset = ModelConfig.Preset.SMALL;

    @Option(names = "--rows", description = "Rows of a batch. Default: ${DEFAULT-VALUE}.")
    private int rows = 8;

    @Option(names = "--threads", description = "Threads; 0 takes every core. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--checkpoints", description = "How many are taken. Default: ${DEFAULT-VALUE}.")
    private int checkpoints = 5;

    @Option(names = "--steps", description = "Steps that are timed alone. Default: ${DEFAULT-VALUE}.")
    private int steps = 10;

    @Parameters(paramLabel = "FOLDER", description = "Where checkpoints are written and left.")
    private Path folder;

    @Spec
    private CommandSpec command;

    private final List<Checkpointer.Published> published = new ArrayList<>();

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new CheckpointBenchmark()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() {
        Vocabulary vocabulary = Vocabulary.bundled();
        ModelShape shape = ModelShape.of(model(), vocabulary.size());
        RunLayout run = new RunLayout(folder).create();
        PrintWriter out = command.commandLine().getOut();
        try (TrainableModel model = TrainableModels.create(shape, rows, TrainConfig.Backend.AUTO, threads);
                ExecutorService writer = Executors.newSingleThreadExecutor();
                Checkpointer checkpointer = checkpointer(run, model, vocabulary, writer)) {
            SyntheticTraining training = new SyntheticTraining(model, rows);
            training.steps(steps);
            double alone = median(stepMillis(training, steps));
            out.printf("%s, %,d parameters: a step takes %.1f ms alone%n", preset, shape.parameterCount(), alone);
            for (int number = 1; number <= checkpoints; number++) {
                List<float[]> taken = weights(model);
                checkpointer.begin(
                        model, state(number, shape), GuardState.START, PrequentialScores.NONE, Consumed.NOTHING);
                List<Double> meanwhile = new ArrayList<>();
                while (checkpointer.isWriting()) {
                    meanwhile.addAll(stepMillis(training, 1));
                }
                checkpointer.finish();
                requireEqual(run.checkpoint(number), model, taken);
                print(out, published.getLast(), meanwhile, alone);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private ModelConfig model() {
        return ConfigLoader.parse(
                        "{}",
                        "bench",
                        folder,
                        List.of("model.preset=" + preset.name().toLowerCase(Locale.ROOT)))
                .model();
    }

    private static void print(
            PrintWriter out, Checkpointer.Published checkpoint, List<Double> meanwhile, double stepAlone) {
        double stall = checkpoint.stallNanos() / NANOS_PER_MILLI;
        out.printf(
                "%,d bytes: stall %.1f ms (%.3f of a step), written in %.0f ms, %d steps meanwhile, median %.1f ms%n",
                checkpoint.bytes(),
                stall,
                stall / stepAlone,
                checkpoint.writeNanos() / NANOS_PER_MILLI,
                meanwhile.size(),
                median(meanwhile));
        out.flush();
    }

    private Checkpointer checkpointer(
            RunLayout run, TrainableModel model, Vocabulary vocabulary, ExecutorService executor) {
        Checkpointer.Listener listener = new Checkpointer.Listener() {
            @Override
            public void published(Checkpointer.Published checkpoint) {
                published.add(checkpoint);
            }

            @Override
            public void failed(CheckpointState state, AlluviumException error) {
                throw error;
            }
        };
        return new Checkpointer(
                run,
                CheckpointWriter.toDisk(model.shape(), vocabulary, new DocumentEnds(true, true)),
                new Checkpointer.Setting(
                        executor,
                        () -> {},
                        System::nanoTime,
                        size -> MerkleTree.EMPTY,
                        new Retention(1, 0),
                        any -> false),
                listener,
                model,
                RunPosition.START);
    }

    private CheckpointState state(long step, ModelShape shape) {
        return new CheckpointState(
                CheckpointState.VERSION,
                CheckpointKind.TEMPORARY,
                new CheckpointState.Progress(step, 0, 0, 0),
                Cursor.START,
                new BatchPlan(1, 1, 0, rows, shape.context(), 1),
                new CheckpointState.Identity("", "", "", "bench"),
                "stable",
                1e-3,
                Instant.EPOCH);
    }

    private static List<Double> stepMillis(SyntheticTraining training, int count) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long started = System.nanoTime();
            training.steps(1);
            millis.add((System.nanoTime() - started) / NANOS_PER_MILLI);
        }
        return millis;
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private static List<float[]> weights(TrainableModel model) {
        return model.parameters().stream()
                .map(parameter -> weight(model, parameter))
                .toList();
    }

    private static float[] weight(TrainableModel model, ParameterInfo parameter) {
        float[] values = new float[parameter.size()];
        model.read(parameter, TrainableModel.Slot.WEIGHT, values);
        return values;
    }

    private static void requireEqual(Path path, TrainableModel model, List<float[]> taken) {
        Checkpoint.verified(path).restore(model);
        List<float[]> restored = weights(model);
        for (int i = 0; i < taken.size(); i++) {
            if (Arrays.mismatch(taken.get(i), restored.get(i)) >= 0) {
                throw new IllegalStateException("the checkpoint " + path + " does not hold the model it was taken of");
            }
        }
    }
}
