package org.alluvium.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.config.OptimizerConfig;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.checkpoint.SafetensorsReader;
import org.alluvium.trainer.loop.StopSignal;
import org.alluvium.trainer.loop.TrainOptions;
import org.alluvium.trainer.loop.TrainProcess;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModel.Slot;
import org.alluvium.trainer.model.TrainableModels;
import org.alluvium.trainer.optim.AdamW;
import org.alluvium.trainer.optim.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchDumpTest {

    @TempDir
    private Path folder;

    @Test
    void trainingOnNothingButTheDumpRepeatsTheJournalToTheBit() throws Exception {
        SmallRun run = new SmallRun(folder).writeCorpus();
        TrainProcess.run(
                run.config(),
                new TrainOptions(
                        new PrintStream(PrintStream.nullOutputStream()),
                        InstantSource.system(),
                        new StopSignal(),
                        false));
        Path dump = folder.resolve("dump");
        BatchDump.write(run.config(), 5, dump);
        assertThat(train(dump)).hasSize(5).isEqualTo(journalLosses(run));
    }

    @Test
    void aCorpusThatEndsBeforeGivesFewerSteps() throws Exception {
        SmallRun run = new SmallRun(folder).writeCorpus();
        BatchDump dump = BatchDump.write(run.config(), 1000, folder.resolve("dump"));
        assertThat(dump.steps().size()).isBetween(5, 999);
        assertThat(dump.steps().getLast().tokens()).isLessThan(2 * 2 * 16);
    }

    private static List<Double> journalLosses(SmallRun run) throws IOException {
        List<Double> losses = new ArrayList<>();
        for (String line : Files.readAllLines(run.run().journal())) {
            losses.add(new JsonMapper().readTree(line).path("loss").doubleValue());
        }
        return losses;
    }

    /** What a reader of the format does. */
    private static List<Double> train(Path folder) throws IOException {
        BatchDump dump =
                new JsonMapper().readValue(Files.readAllBytes(folder.resolve(BatchDump.DUMP)), BatchDump.class);
        IntBuffer ints = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(BatchDump.BATCHES)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
        List<Double> losses = new ArrayList<>();
        try (TrainableModel model = TrainableModels.create(dump.shape(), dump.rows(), TrainConfig.Backend.AUTO, 1)) {
            restore(model, folder.resolve(BatchDump.MODEL));
            for (int step = 0; step < dump.steps().size(); step++) {
                losses.add(loss(model, batches(dump, ints)));
                model.gradientNorm();
                model.update(update(dump, step));
            }
        }
        assertThat(ints.hasRemaining()).isFalse();
        return losses;
    }

    private static double loss(TrainableModel model, List<Batch> batches) {
        int scored = batches.stream().mapToInt(Batch::scoredTokens).sum();
        double sum = 0;
        for (Batch batch : batches) {
            sum += model.accumulateGradients(batch, (float) (1.0 / scored), new float[batch.inputs().length]);
        }
        return sum / scored;
    }

    private static Update update(BatchDump dump, int step) {
        OptimizerConfig o = dump.optimizer();
        double learningRate = dump.steps().get(step).learningRate();
        AdamW adamW = new AdamW(learningRate, o.beta1(), o.beta2(), o.epsilon(), o.weightDecay());
        return new Update(step + 1, o.gradientClip(), adamW);
    }

    private static List<Batch> batches(BatchDump dump, IntBuffer ints) {
        int context = dump.shape().context();
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < dump.accumulate(); i++) {
            int[][] columns = new int[3][dump.rows() * context];
            for (int[] column : columns) {
                ints.get(column);
            }
            batches.add(new Batch(dump.rows(), context, columns[0], columns[1], columns[2]));
        }
        return batches;
    }

    private static void restore(TrainableModel model, Path file) {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            for (ParameterInfo parameter : model.parameters()) {
                model.write(parameter, Slot.WEIGHT, reader.read(parameter.name()));
            }
        }
    }
}
