package org.alluvium.trainer.backend.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.DeviceInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {

    private static final Devices DEVICES = new Devices(List.of(
            device(0, "Portable EPYC", DeviceInfo.Type.CPU),
            device(1, "Swift H200 NVL", DeviceInfo.Type.GPU),
            device(2, "Swift H100 PCIe", DeviceInfo.Type.GPU)));

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 2", "h100, 2", "EPYC, 0", "' nvl ', 1"})
    void aNumberOrPartOfANameChooses(String wish, int index) {
        assertThat(DEVICES.choose(Optional.of(wish)).index()).isEqualTo(index);
    }

    @Test
    void withoutAWishItIsTheFirstGpuOrElseTheFirstDevice() {
        assertThat(DEVICES.choose(Optional.empty()).index()).isEqualTo(1);
        assertThat(new Devices(DEVICES.all().subList(0, 1))
                        .choose(Optional.empty())
                        .index())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "radeon", "swift"})
    void whatIsUnknownOrAmbiguousIsRefusedWithTheList(String wish) {
        assertThatThrownBy(() -> DEVICES.choose(Optional.of(wish)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'" + wish + "'")
                .hasMessageContaining("0: Portable EPYC (CPU, ")
                .hasMessageContaining("2: Swift H100 PCIe (GPU, ")
                .hasMessageContaining("train.device");
    }

    @Test
    void whereThereIsNoneNothingIsChosen() {
        assertThatThrownBy(() -> new Devices(List.of()).choose(Optional.empty()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("there is no device");
    }

    private static DeviceInfo device(int index, String name, DeviceInfo.Type type) {
        return new DeviceInfo(index, name, type, "Platform 3.1", "7", "Runtime, OpenCL", 8L << 30, 2L << 30, 12);
    }
}
