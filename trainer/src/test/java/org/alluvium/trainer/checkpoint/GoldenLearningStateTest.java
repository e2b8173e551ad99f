package org.alluvium.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.alluvium.contracts.config.MuonConfig;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.fixture.PlantedCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.alluvium.trainer.guard.BlamedDocument;
import org.alluvium.trainer.guard.LeftOut;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModel.Slot;
import org.alluvium.trainer.model.TrainableModels;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.optim.AdamW;
import org.alluvium.trainer.optim.Muon;
import org.alluvium.trainer.optim.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A checkpoint that release 0.3 wrote of a run with Muon, an average of weights and a guard that had gone back: every later
 * release must load all of it, and learn from it what that release did.
 */
class GoldenLearningStateTest {

    private static final String RESOURCE = "golden-0.3";
    private static final String LOGITS = "golden-0.3-logits.txt";
    private static final int[] PROMPT = {1, 4, 5, 6};
    private static final Batch NEXT =
            new Batch(1, 8, new int[] {1, 4, 5, 6, 7, 3, 4, 5}, new int[] {4, 5, 6, 7, 3, 4, 5, 6}, new int[8]);

    /** As the run had it; said here, since defaults change. */
    private static final TrainingSetup SETUP = new TrainingSetup(
            2, Optional.of(MuonConfig.Scale.SPECTRAL), true, 0, false, false, true, OptionalInt.empty());

    private static final Update UPDATE = new Update(
            41,
            1,
            false,
            new AdamW(0.01, 0.9, 0.95, 1e-8, 0.1),
            Optional.of(new Muon(0.02, 0.85 + 0.1 * 41 / 300, true, 5, 0.1)),
            0.18);

    @Test
    void whatTheGuardKnowsLoads() throws URISyntaxException {
        LeftOut leftOut = golden().guard().leftOut();
        assertThat(leftOut.rewinds()).isNotEmpty();
        assertThat(leftOut.rewinds().stream().flatMap(rewind -> rewind.documents().stream()))
                .extracting(BlamedDocument::id)
                .contains("bad-0", "bad-1");
        assertThat(golden().guard().calm()).hasSize(8);
        assertThat(golden().prequential().total().all().documents()).isPositive();
    }

    @Test
    void weightsAverageAndWhatTheOptimizerRemembersLoad() throws URISyntaxException, IOException {
        List<float[]> logits = logits(golden());
        List<String> expected = Files.readAllLines(resource(LOGITS));
        assertThat(logits).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            float[] line = floats(expected.get(i));
            assertThat(logits.get(i)).usingComparatorWithPrecision(1e-5f).containsExactly(line);
        }
    }

    /** Makes checkpoint and logits: {@code -Dgolden.folder=F}, then copy them to the resources. */
    @Test
    @EnabledIfSystemProperty(named = "golden.folder", matches = ".+")
    void makeTheCheckpoint() throws IOException {
        Path made = Path.of(System.getProperty("golden.folder"));
        new PlantedCorpus(60, 40).run(made, "run", PlantedCorpus.bad(2));
        TestRun run = run(made);
        run.trainTransformer();
        List<float[]> logits = logits(run.newest());
        Files.write(made.resolve(LOGITS), logits.stream().map(Arrays::toString).toList());
        assertThat(run.newest().guard().leftOut().rewinds()).isNotEmpty();
    }

    private static TestRun run(Path folder) {
        List<String> settings = new ArrayList<>(List.of(PlantedCorpus.settings()));
        settings.addAll(List.of(
                "model.layers=1",
                "model.channels=8",
                "model.heads=2",
                "model.kvHeads=1",
                "model.hidden=16",
                "train.optimizer.learningRate=0.01",
                "train.optimizer.method=muon",
                "train.optimizer.averageDecay=0.9",
                "train.optimizer.muon.learningRate=0.02",
                "train.backend=reference",
                "train.threads=1"));
        return new TestRun(folder, "run", settings.toArray(String[]::new));
    }

    /** Logits of the token after the prompt: by the weights, by their average, and by the weights after one more update. */
    private static List<float[]> logits(Checkpoint checkpoint) {
        try (TrainableModel model = TrainableModels.create(
                checkpoint.shape(), SETUP, TrainConfig.Backend.REFERENCE, TrainConfig.Precision.FP32, 1)) {
            checkpoint.restore(model);
            float[] byWeights = model.nextTokenLogits(PROMPT, PROMPT.length);
            model.accumulateGradients(NEXT, 1f / NEXT.targets().length, new float[NEXT.targets().length]);
            model.gradientNorm();
            model.update(UPDATE);
            float[] afterUpdate = model.nextTokenLogits(PROMPT, PROMPT.length);
            checkpoint.restore(model);
            for (ParameterInfo parameter : model.parameters()) {
                float[] average = new float[parameter.size()];
                model.read(parameter, Slot.AVERAGE, average);
                model.write(parameter, Slot.WEIGHT, average);
            }
            return List.of(byWeights, model.nextTokenLogits(PROMPT, PROMPT.length), afterUpdate);
        }
    }

    private static Checkpoint golden() throws URISyntaxException {
        return Checkpoint.verified(resource(RESOURCE + "/MANIFEST.json").getParent());
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(GoldenLearningStateTest.class.getResource(name).toURI());
    }

    private static float[] floats(String line) {
        String[] numbers = line.replaceAll("[\\[\\] ]", "").split(",", -1);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            floats[i] = Float.parseFloat(numbers[i]);
        }
        return floats;
    }
}
