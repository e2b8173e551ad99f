package org.alluvium.trainer.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.alluvium.trainer.backend.Traffic;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.model.Transformer;
import org.alluvium.trainer.optim.AdamW;
import org.alluvium.trainer.optim.Update;
import org.alluvium.trainer.tornado.device.PlainDevice;
import org.junit.jupiter.api.Test;

/** What a step moves, counted where it is recorded: it is the same on every device. */
class TrafficTest {

    private static final int ROWS = 2;
    private static final int CONTEXT = 24;
    private static final int TOKENS = ROWS * CONTEXT;

    private static Traffic ofStep(int layers, int channels) {
        ModelShape shape = new ModelShape(300, CONTEXT, layers, channels, 2, 1, 2 * channels, 1e4, 1e-5, true);
        TornadoBackend backend = new TornadoBackend(new PlainDevice());
        try (Transformer model = new Transformer(shape, TrainingSetup.of(ROWS), backend)) {
            model.initialize(1);
            step(model, 1);
            Traffic before = backend.traffic().orElseThrow();
            step(model, 2);
            return backend.traffic().orElseThrow().since(before);
        }
    }

    private static void step(Transformer model, int number) {
        int[] ids = new int[TOKENS];
        Arrays.setAll(ids, i -> i * 7 % 300);
        float[] losses = new float[TOKENS];
        model.accumulateGradients(new Batch(ROWS, CONTEXT, ids, ids, new int[TOKENS]), 1f / TOKENS, losses);
        assertThat(model.gradientNorm()).isPositive();
        model.update(new Update(number, 1, new AdamW(1e-3, 0.9, 0.95, 1e-8, 0.1)));
    }

    @Test
    void onlyTheLossesOfTokensAndTheNormComeOut() {
        assertThat(ofStep(3, 16).bytesOut()).isEqualTo((TOKENS + 1) * Float.BYTES);
    }

    @Test
    void whatGoesInDoesNotDependOnTheWidthOfTheModel() {
        assertThat(ofStep(3, 32).bytesIn()).isEqualTo(ofStep(3, 16).bytesIn());
    }

    @Test
    void aLayerAddsItsArgumentsOnly() {
        long ofLayer = ofStep(5, 16).bytesIn() - ofStep(4, 16).bytesIn();
        assertThat(ofLayer).isPositive().isLessThan(1024);
    }

    @Test
    void ofTheTokensGoInTheirIdsTargetsAndStartsAndTheOrderToGatherThemIn() {
        long arguments = ofStep(3, 16).bytesIn() - (5 * TOKENS + 1) * Integer.BYTES;
        assertThat(arguments).isPositive().isLessThan(4096);
    }
}
