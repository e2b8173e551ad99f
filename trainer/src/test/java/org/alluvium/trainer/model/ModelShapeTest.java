package org.alluvium.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.alluvium.contracts.config.ModelConfig;
import org.alluvium.contracts.error.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelShapeTest {

    private static final Optional<Integer> PRESET = Optional.empty();

    @ParameterizedTest
    @EnumSource
    void everyPresetIsAModelWhoseCountEqualsItsParameters(ModelConfig.Preset preset) {
        for (boolean tied : new boolean[] {true, false}) {
            ModelShape shape = ModelShape.of(config(preset, PRESET, PRESET, PRESET, tied), 16_000);
            long counted = new ParameterLayout(shape)
                    .parameters().stream().mapToLong(ParameterInfo::size).sum();
            assertThat(shape.parameterCount()).isEqualTo(counted);
            assertThat(shape.flopsPerToken())
                    .isGreaterThan(6.0 * (shape.parameterCount() - (tied ? 0 : 16_000L * shape.channels())) * 0.99);
        }
    }

    @Test
    void aKeyReplacesThePresetsValue() {
        ModelConfig config = config(ModelConfig.Preset.TINY, Optional.of(96), Optional.of(6), PRESET, true);
        ModelShape shape = ModelShape.of(config, 300);
        assertThat(shape.channels()).isEqualTo(96);
        assertThat(shape.heads()).isEqualTo(6);
        assertThat(shape.headSize()).isEqualTo(16);
        assertThat(shape.vocabulary()).isEqualTo(300);
    }

    @Test
    void dimensionsThatDoNotFitAreRefusedByKey() {
        assertRefused(config(ModelConfig.Preset.TINY, Optional.of(65), PRESET, PRESET, true), "model.channels");
        assertRefused(config(ModelConfig.Preset.TINY, Optional.of(60), PRESET, PRESET, true), "model.heads");
        assertRefused(config(ModelConfig.Preset.TINY, PRESET, PRESET, Optional.of(3), true), "model.kvHeads");
    }

    private static void assertRefused(ModelConfig config, String key) {
        assertThatThrownBy(() -> ModelShape.of(config, 100))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }

    static ModelConfig config(
            ModelConfig.Preset preset,
            Optional<Integer> channels,
            Optional<Integer> heads,
            Optional<Integer> kvHeads,
            boolean tied) {
        return new ModelConfig(
                preset,
                PRESET,
                PRESET,
                channels,
                heads,
                kvHeads,
                PRESET,
                10_000,
                1e-5,
                tied,
                false,
                ModelConfig.Activation.SWIGLU,
                0,
                false);
    }
}
