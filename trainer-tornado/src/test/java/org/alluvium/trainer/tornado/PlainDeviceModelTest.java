package org.alluvium.trainer.tornado;

import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.model.ModelContractTest;
import org.alluvium.trainer.tornado.device.PlainDevice;

class PlainDeviceModelTest extends ModelContractTest {

    @Override
    protected Backend open() {
        return new TornadoBackend(new PlainDevice());
    }
}
