package org.alluvium.trainer.tornado;

import java.util.List;
import java.util.Optional;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendContractTest;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.tornado.device.Accelerators;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract of what has kernels that are meant for GPUs, on whatever device there is. */
@EnabledIfSystemProperty(named = "tornado.load.runtime.implementation", matches = ".+")
class TiledDeviceIT extends BackendContractTest {

    private static final List<String> TILED = List.of("linear", "attention Att", "cross entropy", "bent cross entropy");

    @Override
    protected Backend open() {
        return new TornadoBackend(Accelerators.find().open(Optional.empty()), DeviceInfo.Type.GPU, Library.NONE);
    }

    @Override
    protected boolean covers(String scenario) {
        return TILED.stream().anyMatch(scenario::startsWith);
    }

    @Override
    protected double tolerance() {
        return 1e-4;
    }
}
