package org.alluvium.bench.peers;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.OptimizerConfig;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModel.Slot;
import org.alluvium.trainer.model.TrainableModels;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.optim.Schedule;
import org.alluvium.trainer.safetensors.Dtype;
import org.alluvium.trainer.safetensors.SafetensorsWriter;

/**
 * The first steps of a run as files, so that anything that can read them can take the same steps. Weights, batches and
 * learning rates come out of the code that the trainer uses. The folder (version 2):
 *
 * <pre>
 * model.safetensors    initial weights, F32, under their Hugging Face names; matrices are (out, in)
 * batches.int32        for each step, for each of its micro-batches: inputs (B,T), targets (B,T), documentStart (B,T),
 *                      32 bits each, little-endian; what they mean, and -1 as a target, is said at {@link Batch}
 * dump.json            written last:
 *   {"version": 2, "shape": {"vocabulary": …, "context": T, …},      as {@link Shape}
 *    "rows": B, "accumulate": micro-batches of a step, "optimizer": {"beta1": …, …},      as {@link Optimizer}
 *    "steps": [{"learningRate": 2.0E-5, "tokens": 2048}, …]}         tokens without padding
 * </pre>
 *
 * @param version of the format, currently {@link #VERSION}
 * @param shape every dimension of the model
 * @param rows B
 * @param accumulate micro-batches of a step
 * @param optimizer constants of AdamW; the learning rate of a step is in {@code steps}
 * @param steps as many as were asked for, or fewer if the corpus ends before
 */
public record BatchDump(int version, Shape shape, int rows, int accumulate, Optimizer optimizer, List<Step> steps) {

    public static final int VERSION = 2;
    public static final String MODEL = "model.safetensors";
    public static final String BATCHES = "batches.int32";
    public static final String DUMP = "dump.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public BatchDump {
        steps = List.copyOf(steps);
    }

    /** The dimensions of a Llama, under their names in {@link ModelShape}. */
    public record Shape(
            int vocabulary,
            int context,
            int layers,
            int channels,
            int heads,
            int kvHeads,
            int hidden,
            double ropeTheta,
            double normEpsilon,
            boolean tiedEmbeddings) {

        /**
         * The dump's form of a shape.
         *
         * @throws IllegalArgumentException if it departs from Llama, which other implementations would not know
         */
        static Shape of(ModelShape shape) {
            Shape plain = new Shape(
                    shape.vocabulary(),
                    shape.context(),
                    shape.layers(),
                    shape.channels(),
                    shape.heads(),
                    shape.kvHeads(),
                    shape.hidden(),
                    shape.ropeTheta(),
                    shape.normEpsilon(),
                    shape.tiedEmbeddings());
            if (!plain.toModel().equals(shape)) {
                throw new IllegalArgumentException("only a plain Llama can be dumped, not " + shape);
            }
            return plain;
        }

        ModelShape toModel() {
            return new ModelShape(
                    vocabulary,
                    context,
                    layers,
                    channels,
                    heads,
                    kvHeads,
                    hidden,
                    ropeTheta,
                    normEpsilon,
                    tiedEmbeddings);
        }
    }

    /** The constants of AdamW, under their names in {@link OptimizerConfig}. */
    public record Optimizer(double beta1, double beta2, double epsilon, double weightDecay, double gradientClip) {

        static Optimizer of(OptimizerConfig config) {
            return new Optimizer(
                    config.beta1(), config.beta2(), config.epsilon(), config.weightDecay(), config.gradientClip());
        }
    }

    /**
     * What a step needs besides its batches.
     *
     * @param learningRate after the schedule
     * @param tokens inputs that are not padding
     */
    public record Step(double learningRate, int tokens) {}

    /** Where the steps of a dump come from. */
    interface Feed extends AutoCloseable {

        /** The next step, or nothing after the last one; may wait for it. */
        Optional<Fed> next() throws InterruptedException;

        @Override
        void close();
    }

    /**
     * Batches of one step.
     *
     * @param tokens inputs that are not padding
     */
    record Fed(List<Batch> batches, int tokens) {}

    /**
     * Writes a dump of the first steps of a new run.
     *
     * @param folder created if it is missing; files of an earlier dump are replaced
     * @throws StorageException if the folder cannot be written
     * @throws InterruptedException if the thread is interrupted while it waits for documents
     */
    static BatchDump write(AlluviumConfig config, ModelShape shape, Feed feed, int steps, Path folder)
            throws InterruptedException {
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(DUMP));
            writeWeights(config, shape, folder.resolve(MODEL));
            BatchDump dump = new BatchDump(
                    VERSION,
                    Shape.of(shape),
                    config.train().batch(),
                    config.train().accumulate(),
                    Optimizer.of(config.train().optimizer()),
                    writeBatches(config, feed, steps, folder.resolve(BATCHES)));
            JSON.writeValue(folder.resolve(DUMP).toFile(), dump);
            return dump;
        } catch (IOException e) {
            throw StorageException.of("write the dump", folder, e);
        }
    }

    /**
     * Reads what {@link #DUMP} says.
     *
     * @throws StorageException if it is not there or not readable
     */
    static BatchDump read(Path folder) {
        try {
            return JSON.readValue(Files.readAllBytes(folder.resolve(DUMP)), BatchDump.class);
        } catch (IOException e) {
            throw StorageException.of("read the dump", folder, e);
        }
    }

    private static void writeWeights(AlluviumConfig config, ModelShape shape, Path file) throws IOException {
        try (TrainableModel model = TrainableModels.create(
                        shape,
                        TrainingSetup.of(config.model(), config.train()),
                        config.train().backend(),
                        config.train().precision(),
                        config.train().threads());
                OutputStream out = Files.newOutputStream(file)) {
            model.initialize(config.train().seed());
            List<SafetensorsWriter.Declaration> tensors = model.parameters().stream()
                    .map(parameter ->
                            new SafetensorsWriter.Declaration(parameter.name(), Dtype.F32, parameter.dimensions()))
                    .toList();
            SafetensorsWriter writer = SafetensorsWriter.begin(out, Map.of("format", "pt"), tensors);
            for (ParameterInfo parameter : model.parameters()) {
                float[] weights = new float[parameter.size()];
                model.read(parameter, Slot.WEIGHT, weights);
                writer.write(weights);
            }
            writer.finish();
        }
    }

    private static List<Step> writeBatches(AlluviumConfig config, Feed feed, int steps, Path file)
            throws IOException, InterruptedException {
        Schedule schedule =
                new Schedule(config.train().optimizer(), config.train().steps());
        List<Step> written = new ArrayList<>();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            while (written.size() < steps) {
                Optional<Fed> step = feed.next();
                if (step.isEmpty()) {
                    break;
                }
                for (Batch batch : step.get().batches()) {
                    out.write(littleEndian(batch.inputs()));
                    out.write(littleEndian(batch.targets()));
                    out.write(littleEndian(batch.documentStart()));
                }
                written.add(new Step(
                        schedule.learningRate(written.size() + 1), step.get().tokens()));
            }
        }
        return written;
    }

    private static byte[] littleEndian(int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }
}
