package org.alluvium.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.cpu.CpuProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients are not cleared but overwritten, which must make no difference. */
class DiscardedGradientsTest {

    private static final int ROWS = 2;
    private static final float NAN = Float.NaN;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasDiscardedLeavesNoTraceEvenIfItWasNoNumber(boolean tied) {
        try (Transformer fresh = model(tied);
                Transformer used = model(tied)) {
            Batch batch = batch(1);
            used.accumulateGradients(batch(5), NAN, losses());
            assertThat(used.gradientNorm()).isNaN();
            used.discardGradients();
            for (Transformer model : new Transformer[] {fresh, used}) {
                model.accumulateGradients(batch, 1f, losses());
                model.accumulateGradients(batch, 1f, losses());
            }
            assertThat(used.gradientNorm()).isEqualTo(fresh.gradientNorm()).isPositive();
            for (ParameterInfo parameter : fresh.parameters()) {
                assertThat(gradient(used, parameter)).as(parameter.name()).isEqualTo(gradient(fresh, parameter));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingAccumulatedIsZero(boolean tied) {
        try (Transformer model = model(tied)) {
            model.accumulateGradients(batch(1), 1f, losses());
            model.discardGradients();
            assertThat(model.gradientNorm()).isZero();
            for (ParameterInfo parameter : model.parameters()) {
                assertThat(gradient(model, parameter)).as(parameter.name()).containsOnly(0f);
            }
        }
    }

    private static Transformer model(boolean tied) {
        ModelShape shape = new ModelShape(37, 8, 2, 16, 2, 1, 24, 10_000, 1e-5, tied);
        Transformer model = new Transformer(shape, ROWS, new CpuProvider().open(2, TrainConfig.Precision.FP32));
        model.initialize(3);
        return model;
    }

    private static Batch batch(int factor) {
        int[] ids = IntStream.range(0, ROWS * 8).map(n -> n * factor % 37).toArray();
        return new Batch(ROWS, 8, ids, ids, new int[ids.length]);
    }

    private static float[] losses() {
        return new float[ROWS * 8];
    }

    private static float[] gradient(Transformer model, ParameterInfo parameter) {
        float[] values = new float[parameter.size()];
        model.readGradient(parameter, values);
        return values;
    }
}
