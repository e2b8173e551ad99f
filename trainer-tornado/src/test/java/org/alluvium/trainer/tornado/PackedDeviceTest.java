package org.alluvium.trainer.tornado;

import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendContractTest;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.tornado.device.PlainDevice;

/** The contract with the kernels that are meant for CPUs, as plain Java. */
class PackedDeviceTest extends BackendContractTest {

    @Override
    protected Backend open() {
        return new TornadoBackend(new PlainDevice(), DeviceInfo.Type.CPU, Library.NONE);
    }
}
