package org.alluvium.trainer.tornado.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.alluvium.trainer.backend.DeviceInfo;
import org.junit.jupiter.api.Test;

class LaunchTest {

    @Test
    void loopsOnACpuAreSharedAmongItsCores() {
        assertThat(Launch.of(device(DeviceInfo.Type.CPU), 1024)).contains(new Launch(64, 16));
    }

    @Test
    void groupsAreNoLargerThanWhatTheirLaunchCosts() {
        assertThat(Launch.of(device(DeviceInfo.Type.CPU), 1 << 20)).contains(new Launch(256, 1 << 12));
    }

    @Test
    void thereAreAsManyThreadsAsIterations() {
        assertThat(Launch.of(device(DeviceInfo.Type.CPU), 131)).contains(new Launch(1, 131));
        assertThat(Launch.of(device(DeviceInfo.Type.CPU), 1)).contains(new Launch(1, 1));
        assertThat(Launch.of(device(DeviceInfo.Type.CPU), 6000)).contains(new Launch(250, 24));
    }

    @Test
    void otherDevicesAreLeftToTornado() {
        assertThat(Launch.of(device(DeviceInfo.Type.GPU), 1024)).isEmpty();
    }

    private static DeviceInfo device(DeviceInfo.Type type) {
        return new DeviceInfo(0, "a device", type, "a platform", "1", "TornadoVM", 1L << 30, 1L << 28, 2);
    }
}
