package org.alluvium.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.alluvium.contracts.config.TrainConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole model against the same one in PyTorch: losses, gradients and three clipped steps of AdamW, or of Muon. */
class TransformerVectorsTest {

    private static final double TOLERANCE = 1e-4;
    private static final double ROUNDED_TOLERANCE = 0.01;

    static Stream<Arguments> casesAndBackends() {
        return Stream.of(
                        "grouped-tied",
                        "full-untied",
                        "one-kv-head",
                        "wide-heads",
                        "normed-heads",
                        "own-architecture",
                        "muon")
                .flatMap(name -> Stream.of(TrainConfig.Backend.REFERENCE, TrainConfig.Backend.CPU)
                        .map(backend -> Arguments.of(name, backend)));
    }

    @ParameterizedTest
    @MethodSource("casesAndBackends")
    void lossesGradientsAndThreeUpdatesEqualPyTorchs(String name, TrainConfig.Backend backend) {
        Vectors vectors = Vectors.load(name);
        try (Transformer model = open(vectors, backend, TrainConfig.Precision.FP32)) {
            List<Vectors.Step> steps = vectors.steps();
            for (int i = 0; i < steps.size(); i++) {
                accumulate(model, steps.get(i));
                if (i == 0) {
                    assertGradients(model, vectors.gradients());
                }
                double norm = model.gradientNorm();
                model.update(vectors.update(i + 1));
                assertThat(norm).isCloseTo(steps.get(i).gradientNorm(), within(TOLERANCE * norm));
            }
            assertWeights(model, vectors.updated());
        }
    }

    /** Where the CPU has no BF16 the reference alone rounds. */
    @ParameterizedTest
    @MethodSource("casesAndBackends")
    void roundedToBf16LossesAreStillPyTorchsToAHundredth(String name, TrainConfig.Backend backend) {
        Vectors vectors = Vectors.load(name);
        boolean reference = backend == TrainConfig.Backend.REFERENCE;
        try (Transformer model =
                open(vectors, backend, reference ? TrainConfig.Precision.BF16 : TrainConfig.Precision.AUTO)) {
            for (Vectors.Step step : vectors.steps()) {
                Batch batch = step.batch();
                float[] losses = new float[batch.inputs().length];
                double sum = model.accumulateGradients(batch, 1f / batch.scoredTokens(), losses);
                double expected =
                        step.losses().stream().mapToDouble(Double::doubleValue).sum();
                assertThat(sum).isCloseTo(expected, within(ROUNDED_TOLERANCE * expected));
                assertThat(model.gradientNorm()).isCloseTo(step.gradientNorm(), within(0.1 * step.gradientNorm()));
                model.update(vectors.update(vectors.steps().indexOf(step) + 1));
            }
        }
    }

    private static Transformer open(Vectors vectors, TrainConfig.Backend backend, TrainConfig.Precision precision) {
        Transformer model =
                (Transformer) TrainableModels.create(vectors.shape(), vectors.setup(), backend, precision, 2);
        for (ParameterInfo parameter : model.parameters()) {
            model.write(parameter, TrainableModel.Slot.WEIGHT, vectors.weights().get(parameter.name()));
        }
        return model;
    }

    private static void accumulate(Transformer model, Vectors.Step step) {
        Batch batch = step.batch();
        float[] losses = new float[batch.inputs().length];
        double sum = model.accumulateGradients(batch, 1f / batch.scoredTokens(), losses);
        double expected =
                step.losses().stream().mapToDouble(Double::doubleValue).sum();
        assertThat(sum).isCloseTo(expected, within(TOLERANCE * expected));
        for (int i = 0; i < losses.length; i++) {
            assertThat((double) losses[i]).isCloseTo(step.losses().get(i), within(TOLERANCE));
        }
    }

    private static void assertGradients(Transformer model, Map<String, float[]> expected) {
        assertThat(model.parameters()).hasSameSizeAs(expected.keySet());
        for (ParameterInfo parameter : model.parameters()) {
            float[] actual = new float[parameter.size()];
            model.readGradient(parameter, actual);
            assertClose(parameter.name(), actual, expected.get(parameter.name()));
        }
    }

    private static void assertWeights(Transformer model, Map<String, float[]> expected) {
        for (ParameterInfo parameter : model.parameters()) {
            float[] actual = new float[parameter.size()];
            model.read(parameter, TrainableModel.Slot.WEIGHT, actual);
            assertClose(parameter.name(), actual, expected.get(parameter.name()));
        }
    }

    /** Relative to the largest element of the tensor. */
    private static void assertClose(String name, float[] actual, float[] expected) {
        float[] sorted = new float[expected.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = Math.abs(expected[i]);
        }
        Arrays.sort(sorted);
        assertThat(actual).as(name).containsExactly(expected, within((float) TOLERANCE * sorted[sorted.length - 1]));
    }
}
