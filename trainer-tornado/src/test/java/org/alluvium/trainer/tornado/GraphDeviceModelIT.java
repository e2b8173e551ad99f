package org.alluvium.trainer.tornado;

import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.choice.BackendOptions;
import org.alluvium.trainer.model.ModelContractTest;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Whole models on a real device, in a process that the SDK's argfile started. */
@EnabledIfSystemProperty(named = "tornado.load.runtime.implementation", matches = ".+")
class GraphDeviceModelIT extends ModelContractTest {

    @Override
    protected Backend open() {
        return new TornadoProvider().open(new BackendOptions(0, TrainConfig.Precision.FP32));
    }
}
