package org.alluvium.trainer.tornado;

import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendContractTest;
import org.alluvium.trainer.backend.choice.BackendOptions;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract on a real device, in a process that the SDK's argfile started. */
@EnabledIfSystemProperty(named = "tornado.load.runtime.implementation", matches = ".+")
class GraphDeviceIT extends BackendContractTest {

    @Override
    protected Backend open() {
        return new TornadoProvider().open(new BackendOptions(0, TrainConfig.Precision.FP32));
    }

    @Override
    protected double tolerance() {
        return 1e-4;
    }
}
