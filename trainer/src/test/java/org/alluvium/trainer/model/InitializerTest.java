package org.alluvium.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class InitializerTest {

    private static final ModelShape SHAPE = new ModelShape(300, 40, 8, 64, 4, 2, 60, 10000, 1e-5, true);
    private static final ParameterInfo QUERY =
            new ParameterInfo("model.layers.0.self_attn.q_proj.weight", List.of(64, 64), true);

    @Test
    void theBitsOfASeedNeverChange() {
        float[] values = filled(QUERY, 1, 3);
        assertThat(new int[] {Float.floatToIntBits(values[0]), Float.floatToIntBits(values[1])})
                .containsExactly(977123552, -1107842123);
    }

    @Test
    void deviationsAreAsDocumented() {
        assertThat(deviation(filled(QUERY, 1, 3))).isCloseTo(1 / Math.sqrt(3 * 64), within(0.004));
        ParameterInfo down = new ParameterInfo("model.layers.0.mlp.down_proj.weight", List.of(64, 60), true);
        assertThat(deviation(filled(down, 1, 3))).isCloseTo(1 / Math.sqrt(3 * 60) / 4, within(0.001));
        ParameterInfo embedding = new ParameterInfo("model.embed_tokens.weight", List.of(300, 64), true);
        assertThat(deviation(filled(embedding, 1, 3))).isCloseTo(0.02, within(0.0005));
    }

    @Test
    void seedsAndPlacesGiveDifferentWeights() {
        assertThat(filled(QUERY, 1, 3)).isNotEqualTo(filled(QUERY, 2, 3)).isNotEqualTo(filled(QUERY, 1, 4));
    }

    @Test
    void normsBeginAtOne() {
        assertThat(filled(new ParameterInfo("model.norm.weight", List.of(64), false), 1, 3))
                .containsOnly(1f);
    }

    private static float[] filled(ParameterInfo parameter, long seed, int index) {
        float[] values = new float[parameter.size()];
        new Initializer(SHAPE, false, seed).fill(parameter, index, values);
        return values;
    }

    private static double deviation(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += value * value;
        }
        return Math.sqrt(squares / values.length);
    }
}
