package org.alluvium.trainer.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModels;
import org.alluvium.trainer.optim.AdamW;
import org.alluvium.trainer.optim.Update;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model that has learned to count modulo ten by heart. */
class GeneratorTest {

    private static final ModelShape SHAPE = new ModelShape(10, 16, 1, 32, 2, 1, 64, 10000, 1e-5, true);

    private static TrainableModel model;

    @BeforeAll
    static void learnToCount() {
        model = TrainableModels.create(SHAPE, 10, TrainConfig.Backend.AUTO, 2);
        model.initialize(1);
        int[] inputs = new int[160];
        int[] targets = new int[160];
        Arrays.setAll(inputs, i -> (i + i / 16) % 10);
        Arrays.setAll(targets, i -> (inputs[i] + 1) % 10);
        Batch batch = new Batch(10, 16, inputs, targets, new int[160]);
        for (int step = 1; step <= 100; step++) {
            model.accumulateGradients(batch, 1f / 160, new float[160]);
            model.gradientNorm();
            model.update(new Update(step, 1, new AdamW(0.02, 0.9, 0.95, 1e-8, 0)));
        }
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void continuesWhatWasLearnedBeyondTheContext() {
        int[] generated = new Generator(model).generate(new int[] {4, 5}, 25, -1, Sampling.GREEDY);
        int[] expected = new int[25];
        Arrays.setAll(expected, i -> (6 + i) % 10);
        assertThat(generated).containsExactly(expected);
    }

    @Test
    void theStopIdEndsTheTextAndIsNotPartOfIt() {
        assertThat(new Generator(model).generate(new int[] {4}, 25, 8, Sampling.GREEDY))
                .containsExactly(5, 6, 7);
    }

    @Test
    void tokensAreHandedOverAsTheyAreDrawn() {
        StringBuilder seen = new StringBuilder();
        int[] unused = new Generator(model).generate(new int[] {0}, 4, -1, Sampling.GREEDY, seen::append);
        assertThat(seen).hasToString("1234");
        assertThat(unused).hasSize(4);
    }

    @Test
    void evaluationLeavesNoTraceInTheModel() {
        float[] before = model.nextTokenLogits(new int[] {1, 2, 3}, 3);
        int[] ids = {9, 0, 1, 2};
        assertThat(model.evaluate(new Batch(1, 4, ids, new int[] {0, 1, 2, 3}, new int[4]), new float[4]))
                .isLessThan(0.5);
        assertThat(model.nextTokenLogits(new int[] {1, 2, 3}, 3)).containsExactly(before);
    }
}
