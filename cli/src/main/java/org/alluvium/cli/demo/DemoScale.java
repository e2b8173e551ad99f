package org.alluvium.cli.demo;

import java.util.Locale;
import java.util.Optional;
import org.alluvium.contracts.config.ModelConfig;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.examine.AcceleratorExaminer;

/**
 * How much the demo trains, where nobody says it.
 *
 * @param preset of the model
 * @param steps to reach
 * @param reason why it is not the whole demo; empty if it is
 */
public record DemoScale(ModelConfig.Preset preset, long steps, Optional<String> reason) {

    /** The whole demo: a few minutes on two cores. */
    public static final DemoScale FULL = new DemoScale(ModelConfig.Preset.SMALL, 600, Optional.empty());

    private static final ModelConfig.Preset LITTLE_PRESET = ModelConfig.Preset.TINY;
    private static final long LITTLE_STEPS = 200;

    /** What suits the backend that was asked for; the whole demo where this process cannot tell. */
    public static DemoScale of(
            TrainConfig.Backend backend, Optional<String> device, Optional<AcceleratorExaminer> examiner) {
        if (backend != TrainConfig.Backend.TORNADO) {
            return FULL;
        }
        return examiner.map(present -> present.devices().choose(device))
                .map(DemoScale::of)
                .orElse(FULL);
    }

    private static DemoScale of(DeviceInfo device) {
        if (device.type() == DeviceInfo.Type.GPU) {
            return FULL;
        }
        return new DemoScale(
                LITTLE_PRESET,
                LITTLE_STEPS,
                Optional.of(
                        "%s is not a GPU, so this is the preset %s for %d steps: it takes longer than the CPU backend. Without --backend the CPU trains the whole demo."
                                .formatted(device.name(), name(LITTLE_PRESET), LITTLE_STEPS)));
    }

    /** As the configuration has it. */
    String presetName() {
        return name(preset);
    }

    private static String name(ModelConfig.Preset preset) {
        return preset.name().toLowerCase(Locale.ROOT);
    }
}
