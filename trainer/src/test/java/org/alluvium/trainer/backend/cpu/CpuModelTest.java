package org.alluvium.trainer.backend.cpu;

import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.model.ModelContractTest;

class CpuModelTest extends ModelContractTest {

    @Override
    protected Backend open() {
        return new CpuProvider().open(1, TrainConfig.Precision.FP32);
    }
}
