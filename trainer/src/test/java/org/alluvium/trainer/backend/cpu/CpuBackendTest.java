package org.alluvium.trainer.backend.cpu;

import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendContractTest;

class CpuBackendTest extends BackendContractTest {

    @Override
    protected Backend open() {
        return new CpuProvider().open(3, TrainConfig.Precision.FP32);
    }
}
