package org.alluvium.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.loop.StopSignal;
import org.alluvium.trainer.loop.TrainOptions;
import org.alluvium.trainer.loop.TrainProcess;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModels;
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
        DumpCommand.ofCorpus(run.config(), 5, dump);
        assertThat(losses(dump)).hasSize(5).isEqualTo(journalLosses(run));
    }

    @Test
    void aCorpusThatEndsBeforeGivesFewerSteps() throws Exception {
        SmallRun run = new SmallRun(folder).writeCorpus();
        BatchDump dump = DumpCommand.ofCorpus(run.config(), 1000, folder.resolve("dump"));
        assertThat(dump.steps().size()).isBetween(5, 999);
        assertThat(dump.steps().getLast().tokens()).isLessThan(2 * 2 * 16);
    }

    @Test
    void seededTokensAreThoseOfTheSeedAndCanBeLearned() throws Exception {
        List<Double> losses = losses(synthetic(folder.resolve("a")));
        assertThat(losses).hasSize(30).isEqualTo(losses(synthetic(folder.resolve("b"))));
        assertThat(losses.getLast()).isLessThan(losses.getFirst());
    }

    private Path synthetic(Path dump) throws InterruptedException {
        AlluviumConfig config = new SmallRun(folder).config();
        ModelShape shape = ModelShape.of(config.model(), 100);
        try (SyntheticFeed feed = new SyntheticFeed(shape, 2, 2, 7)) {
            BatchDump.write(config, shape, feed, 30, dump);
        }
        return dump;
    }

    private static List<Double> journalLosses(SmallRun run) throws IOException {
        List<Double> losses = new ArrayList<>();
        for (String line : Files.readAllLines(run.run().journal())) {
            losses.add(new JsonMapper().readTree(line).path("loss").doubleValue());
        }
        return losses;
    }

    private static List<Double> losses(Path folder) throws IOException {
        BatchDump dump = BatchDump.read(folder);
        List<Double> losses = new ArrayList<>();
        try (TrainableModel model =
                TrainableModels.create(dump.shape().toModel(), dump.rows(), TrainConfig.Backend.AUTO, 1)) {
            DumpTraining.train(folder, dump, model, (step, seconds) -> losses.add(step.loss()));
        }
        return losses;
    }
}
