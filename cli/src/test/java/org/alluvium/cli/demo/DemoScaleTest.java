package org.alluvium.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.ModelConfig;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.choice.Devices;
import org.alluvium.trainer.backend.examine.AcceleratorExaminer;
import org.alluvium.trainer.backend.examine.KernelVerdict;
import org.junit.jupiter.api.Test;

class DemoScaleTest {

    /** Has one device of a type. */
    private record Examiner(DeviceInfo.Type type) implements AcceleratorExaminer {

        @Override
        public Devices devices() {
            return new Devices(List.of(new DeviceInfo(0, "Device X", type, "Platform", "1", "a runtime", 1, 1, 1)));
        }

        @Override
        public List<KernelVerdict> compare(DeviceInfo device) {
            return List.of();
        }
    }

    private static DemoScale of(TrainConfig.Backend backend, DeviceInfo.Type type) {
        return DemoScale.of(backend, Optional.empty(), Optional.of(new Examiner(type)));
    }

    @Test
    void aGpuTrainsTheWholeDemo() {
        assertThat(of(TrainConfig.Backend.TORNADO, DeviceInfo.Type.GPU)).isEqualTo(DemoScale.FULL);
    }

    @Test
    void anotherDeviceTrainsLessAndSaysWhy() {
        DemoScale scale = of(TrainConfig.Backend.TORNADO, DeviceInfo.Type.CPU);
        assertThat(scale.preset()).isEqualTo(ModelConfig.Preset.TINY);
        assertThat(scale.steps()).isLessThan(DemoScale.FULL.steps());
        assertThat(scale.reason())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("Device X is not a GPU")
                        .contains("preset tiny for " + scale.steps() + " steps"));
    }

    @Test
    void nobodyAskedForADeviceAndTheDemoIsWhole() {
        assertThat(of(TrainConfig.Backend.AUTO, DeviceInfo.Type.CPU)).isEqualTo(DemoScale.FULL);
        assertThat(DemoScale.of(TrainConfig.Backend.TORNADO, Optional.empty(), Optional.empty()))
                .isEqualTo(DemoScale.FULL);
    }
}
