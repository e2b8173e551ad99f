package org.alluvium.trainer.tornado;

import java.util.Optional;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendContractTest;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.tornado.device.Accelerators;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract with the kernels that are meant for GPUs, on whatever device there is. */
@EnabledIfSystemProperty(named = "tornado.load.runtime.implementation", matches = ".+")
class TiledDeviceIT extends BackendContractTest {

    @Override
    protected Backend open() {
        return new TornadoBackend(Accelerators.find().open(Optional.empty()), DeviceInfo.Type.GPU);
    }

    @Override
    protected double tolerance() {
        return 1e-4;
    }
}
