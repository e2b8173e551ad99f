package org.alluvium.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.alluvium.contracts.config.ModelConfig.Activation;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.config.TrainConfig.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A document continued token by token, against the same document read at once. */
class ContinuationTest {

    private static final int VOCABULARY = 37;
    private static final int CONTEXT = 40;

    static Stream<Arguments> architecturesAndBackends() {
        return Stream.of(
                        Architecture.LLAMA,
                        new Architecture(true, Activation.SWIGLU, 0),
                        new Architecture(true, Activation.RELU2, 5))
                .flatMap(architecture -> Stream.of(TrainConfig.Backend.REFERENCE, TrainConfig.Backend.CPU)
                        .map(backend -> Arguments.of(architecture, backend)));
    }

    @ParameterizedTest
    @MethodSource("architecturesAndBackends")
    void everyTokensLogitsAreThoseOfTheWholePrefix(Architecture architecture, TrainConfig.Backend backend) {
        int[] ids = ids(CONTEXT, 1);
        try (TrainableModel continuing = model(architecture, backend);
                TrainableModel anew = model(architecture, backend)) {
            for (int length = 5; length <= CONTEXT; length++) {
                forget(anew);
                assertClose(continuing.nextTokenLogits(ids, length), anew.nextTokenLogits(ids, length));
            }
        }
    }

    @Test
    void aTextThatOutgrowsTheContextIsTakenUpFromItsSecondHalf() {
        int[] ids = ids(3 * CONTEXT, 2);
        try (TrainableModel continuing = model(Architecture.LLAMA, TrainConfig.Backend.CPU);
                TrainableModel anew = model(Architecture.LLAMA, TrainConfig.Backend.CPU)) {
            for (int length = CONTEXT - 3; length <= ids.length; length++) {
                int beyond = Math.max(0, length - CONTEXT);
                int from = (beyond + CONTEXT / 2 - 1) / (CONTEXT / 2) * (CONTEXT / 2);
                int[] window = Arrays.copyOfRange(ids, from, length);
                assertThat(window).hasSizeBetween(CONTEXT / 2 + 1, CONTEXT);
                forget(anew);
                assertClose(continuing.nextTokenLogits(ids, length), anew.nextTokenLogits(window, window.length));
            }
        }
    }

    @Test
    void whatWasKnownIsForgottenWhenAnythingElseIsComputedOrTheWeightsChange() {
        int[] ids = ids(CONTEXT, 3);
        int[] others = ids(CONTEXT, 4);
        try (TrainableModel model = model(Architecture.LLAMA, TrainConfig.Backend.CPU);
                TrainableModel anew = model(Architecture.LLAMA, TrainConfig.Backend.CPU)) {
            float[] expected = anew.nextTokenLogits(ids, 9);
            for (Runnable between : List.<Runnable>of(
                    () -> forget(model), () -> model.nextTokenLogits(others, 8), () -> model.initialize(1))) {
                model.nextTokenLogits(ids, 8);
                between.run();
                assertThat(model.nextTokenLogits(ids, 9)).containsExactly(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REFERENCE", "CPU"})
    void keysAndValuesOfSixteenBitsServeAsWell(TrainConfig.Backend backend) {
        int[] ids = ids(CONTEXT, 5);
        try (TrainableModel continuing = model(Architecture.LLAMA, setup(false), backend, Precision.BF16);
                TrainableModel anew = model(Architecture.LLAMA, setup(false), backend, Precision.BF16)) {
            for (int length = 5; length <= CONTEXT; length++) {
                forget(anew);
                assertThat(continuing.nextTokenLogits(ids, length))
                        .containsExactly(anew.nextTokenLogits(ids, length), within(0.02f));
            }
        }
    }

    @Test
    void aModelThatKeepsNoActivationsReadsTheWholePrefix() {
        int[] ids = ids(CONTEXT, 6);
        try (TrainableModel forgetful =
                        model(Architecture.LLAMA, setup(true), TrainConfig.Backend.CPU, Precision.FP32);
                TrainableModel anew = model(Architecture.LLAMA, TrainConfig.Backend.CPU)) {
            for (int length = 5; length <= CONTEXT; length++) {
                forget(anew);
                assertThat(forgetful.nextTokenLogits(ids, length)).containsExactly(anew.nextTokenLogits(ids, length));
            }
        }
    }

    private static TrainingSetup setup(boolean recompute) {
        return new TrainingSetup(2, Optional.empty(), false, 0, false, recompute, true, OptionalInt.empty());
    }

    private static TrainableModel model(Architecture architecture, TrainConfig.Backend backend) {
        return model(architecture, setup(false), backend, Precision.FP32);
    }

    private static TrainableModel model(
            Architecture architecture, TrainingSetup setup, TrainConfig.Backend backend, Precision precision) {
        ModelShape shape = new ModelShape(
                VOCABULARY, CONTEXT, 2, 24, 4, 2, 10, 40, 10_000, new RopeScaling.None(), 1e-5, true, architecture);
        TrainableModel model = TrainableModels.create(shape, setup, backend, precision, 2);
        model.initialize(1);
        return model;
    }

    /** Computes something else. */
    private static void forget(TrainableModel model) {
        int[] ids = {3, 1, 4};
        model.evaluate(new Batch(1, ids.length, ids, ids, new int[ids.length]), new float[ids.length]);
    }

    private static int[] ids(int count, long seed) {
        return new SplittableRandom(seed).ints(count, 0, VOCABULARY).toArray();
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).containsExactly(expected, within(1e-5f));
    }
}
