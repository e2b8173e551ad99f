package org.alluvium.trainer.tornado.examine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.examine.KernelVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** On a real device, in a process that the SDK's options started. */
@EnabledIfSystemProperty(named = "tornado.load.runtime.implementation", matches = ".+")
class TornadoExaminerIT {

    @Test
    void everyKernelComputesOnTheDeviceWhatItComputesInPlainJava() {
        TornadoExaminer examiner = new TornadoExaminer();
        DeviceInfo device = examiner.devices().choose(Optional.empty());
        assertThat(examiner.compare(device)).isNotEmpty().allMatch(KernelVerdict::right);
    }
}
