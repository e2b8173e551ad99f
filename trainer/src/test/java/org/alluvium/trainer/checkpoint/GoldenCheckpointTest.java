package org.alluvium.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A checkpoint that release 0.1 wrote, kept as it is: every later release must load it and say the same. */
class GoldenCheckpointTest {

    private static final String RESOURCE = "golden-0.1";
    private static final int[] PROMPT = {1, 5, 9, 4};

    /** Logits of the token after the prompt. */
    private static final float[] EXPECTED = {
        0.015258233f,
        0.065672964f,
        -0.003494971f,
        0.052579246f,
        0.028093085f,
        -0.027695706f,
        -0.0077816583f,
        0.12697566f,
        -0.024652274f,
        -0.033154864f,
        0.043332636f,
        0.014643771f,
        -0.030332448f,
        0.011862699f,
        0.09441107f,
        0.04315765f,
        0.025136318f,
        0.043023497f,
        -0.006290911f,
        -0.0035347054f
    };

    @Test
    void theCheckpointOfRelease01Loads() throws URISyntaxException {
        Checkpoint golden = Checkpoint.verified(Path.of(GoldenCheckpointTest.class
                        .getResource(RESOURCE + "/MANIFEST.json")
                        .toURI())
                .getParent());

        assertThat(golden.step()).isEqualTo(4);
        assertThat(golden.state().kind()).isEqualTo(CheckpointKind.PERMANENT);
        assertThat(golden.state().progress().tokens()).isEqualTo(128);
        assertThat(golden.state().plan().seed()).isEqualTo(7);
        assertThat(golden.state().cursor().shards()).isNotEmpty();
        assertThat(golden.state().identity().corpusLineage()).isEqualTo("writer");
        assertThat(golden.lineage().step()).isEqualTo(4);
        assertThat(golden.ends()).isEqualTo(new DocumentEnds(true, false));
        assertThat(golden.vocabulary().size()).isEqualTo(TestRun.VOCABULARY);
        assertThat(golden.shape().layers()).isEqualTo(1);
        try (TrainableModel model = TrainableModels.create(golden.shape(), 1, TrainConfig.Backend.REFERENCE, 1)) {
            golden.restore(model);
            float[] logits = model.nextTokenLogits(PROMPT, PROMPT.length);
            assertThat(logits).hasSameSizeAs(EXPECTED);
            for (int i = 0; i < EXPECTED.length; i++) {
                assertThat(logits[i]).isCloseTo(EXPECTED[i], within(1e-5f));
            }
        }
    }

    /** Makes the checkpoint: {@code -Dgolden.folder=F}, then copy {@code F/run/checkpoints/step-…} to the resources. */
    @Test
    @EnabledIfSystemProperty(named = "golden.folder", matches = ".+")
    void makeTheCheckpoint() {
        Path folder = Path.of(System.getProperty("golden.folder"));
        TestRun.corpus(folder).commitCut(TestCorpus.documents(1, 47, 30, TestRun.VOCABULARY), 7, 13, 2);
        TestRun run = new TestRun(
                folder,
                "run",
                "model.layers=1",
                "model.channels=8",
                "model.heads=2",
                "model.kvHeads=1",
                "model.hidden=16",
                "train.backend=reference",
                "train.threads=1");
        run.trainTransformer("train.steps=4");
        try (TrainableModel model = TrainableModels.create(run.newest().shape(), 1, TrainConfig.Backend.REFERENCE, 1)) {
            run.newest().restore(model);
            System.out.println("GOLDEN " + Arrays.toString(model.nextTokenLogits(PROMPT, PROMPT.length)));
        }
        assertThat(run.newest().step()).isEqualTo(4);
    }
}
