package org.alluvium.trainer.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.choice.Availability;
import org.alluvium.trainer.backend.choice.BackendChoice;
import org.alluvium.trainer.backend.choice.BackendOptions;
import org.alluvium.trainer.backend.choice.OpenBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** As this process was started: with TornadoVM or without. */
class TornadoProviderTest {

    private static final String STARTED_WITH_IT = "tornado.load.runtime.implementation";
    private static final BackendOptions OPTIONS = new BackendOptions(1, TrainConfig.Precision.AUTO);

    @Test
    @DisabledIfSystemProperty(named = STARTED_WITH_IT, matches = ".+")
    void withoutTornadoVmItIsMissingAndAutoTakesTheCpu() {
        assertThat(new TornadoProvider().availability(OPTIONS)).isInstanceOf(Availability.Missing.class);
        OpenBackend open = BackendChoice.ofClassPath().open(TrainConfig.Backend.AUTO, OPTIONS);
        try (Backend backend = open.backend()) {
            assertThat(backend.info().name()).isEqualTo("cpu");
            assertThat(open.info().toString()).contains("tornado: this process was started without TornadoVM");
        }
        assertThatThrownBy(() -> BackendChoice.ofClassPath().open(TrainConfig.Backend.TORNADO, OPTIONS))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("TORNADOVM_HOME");
    }

    @Test
    @EnabledIfSystemProperty(named = STARTED_WITH_IT, matches = ".+")
    void autoTakesADeviceThatIsAGpuAndElseSaysThatItIsNone() {
        OpenBackend open = BackendChoice.ofClassPath().open(TrainConfig.Backend.AUTO, OPTIONS);
        try (Backend backend = open.backend()) {
            boolean onGpu = backend.info()
                    .device()
                    .filter(device -> device.type() == DeviceInfo.Type.GPU)
                    .isPresent();
            assertThat(backend.info().name()).isEqualTo(onGpu ? "tornado" : "cpu");
            assertThat(open.info().toString().contains("is not a GPU")).isNotEqualTo(onGpu);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = STARTED_WITH_IT, matches = ".+")
    void aDeviceIsOpenedByItsNumberAndAnUnknownOneIsRefusedWithTheList() {
        BackendOptions first = new BackendOptions(1, TrainConfig.Precision.AUTO, Optional.of("0"));
        try (Backend backend = new TornadoProvider().open(first)) {
            DeviceInfo device = backend.info().device().orElseThrow();
            assertThat(device.index()).isZero();
            assertThat(device.memoryBytes()).isPositive();
            assertThat(device.computeUnits()).isPositive();
            BackendOptions unknown = new BackendOptions(1, TrainConfig.Precision.AUTO, Optional.of("no such device"));
            assertThatThrownBy(() -> BackendChoice.ofClassPath().open(TrainConfig.Backend.TORNADO, unknown))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("no such device")
                    .hasMessageContaining(device.line());
        }
    }
}
