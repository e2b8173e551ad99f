package org.alluvium.trainer.tornado;

import org.alluvium.trainer.loop.MovedRunTest;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A run that goes on from the CPU to a real device and back, in a process that the SDK's argfile started. */
@EnabledIfSystemProperty(named = "tornado.load.runtime.implementation", matches = ".+")
class MovedToDeviceIT extends MovedRunTest {

    @Override
    protected String elsewhere() {
        return "tornado";
    }
}
