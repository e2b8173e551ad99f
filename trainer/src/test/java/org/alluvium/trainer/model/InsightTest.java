package org.alluvium.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.alluvium.contracts.config.TrainConfig.Backend;
import org.alluvium.contracts.config.TrainConfig.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InsightTest {

    private static final ModelShape SHAPE = new ModelShape(31, 24, 2, 32, 4, 2, 48, 10_000, 1e-5, true);

    @ParameterizedTest
    @EnumSource(
            value = Backend.class,
            names = {"REFERENCE", "CPU"})
    void everyPositionLooksAtItselfAndBeforeAndSharesOutOne(Backend backend) {
        try (TrainableModel model = model(backend)) {
            float[][][] heads = model.inspect(ids()).attention(1);
            assertThat(heads).hasNumberOfRows(4);
            for (float[][] head : heads) {
                assertThat(head[0][0]).isEqualTo(1);
                for (int position = 0; position < head.length; position++) {
                    double sum = 0;
                    for (float weight : head[position]) {
                        sum += weight;
                    }
                    assertThat(sum).isCloseTo(1, within(1e-5));
                    assertThat(Arrays.copyOfRange(head[position], position + 1, head.length))
                            .containsExactly(new float[head.length - position - 1]);
                }
            }
        }
    }

    @Test
    void headsLookAsTheReferenceDoes() {
        try (TrainableModel fast = model(Backend.CPU);
                TrainableModel reference = model(Backend.REFERENCE)) {
            float[][][] one = fast.inspect(ids()).attention(0);
            float[][][] other = reference.inspect(ids()).attention(0);
            for (int h = 0; h < one.length; h++) {
                for (int position = 0; position < one[h].length; position++) {
                    assertThat(one[h][position]).containsExactly(other[h][position], within(1e-4f));
                }
            }
        }
    }

    @Test
    void logitsAreThoseOfThePrefix() {
        try (TrainableModel model = model(Backend.REFERENCE)) {
            float[] shown = model.inspect(ids()).logits(7);
            assertThat(shown).containsExactly(model.nextTokenLogits(ids(), 8), within(1e-5f));
        }
    }

    @Test
    void aModelThatKeepsNothingSaysSo() {
        TrainingSetup recomputing =
                new TrainingSetup(1, Optional.empty(), false, 0, false, true, true, OptionalInt.empty());
        try (TrainableModel model = TrainableModels.create(SHAPE, recomputing, Backend.REFERENCE, Precision.FP32, 1)) {
            assertThatThrownBy(() -> model.inspect(ids())).isInstanceOf(IllegalStateException.class);
        }
    }

    private static TrainableModel model(Backend backend) {
        TrainableModel model = TrainableModels.create(SHAPE, TrainingSetup.of(1), backend, Precision.FP32, 1);
        model.initialize(5);
        return model;
    }

    private static int[] ids() {
        return new SplittableRandom(3).ints(20, 0, SHAPE.vocabulary()).toArray();
    }
}
