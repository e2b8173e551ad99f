package org.alluvium.trainer.tornado;

import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendContractTest;
import org.alluvium.trainer.tornado.device.PlainDevice;

class PlainDeviceTest extends BackendContractTest {

    @Override
    protected Backend open() {
        return new TornadoBackend(new PlainDevice());
    }
}
