package org.alluvium.trainer.tornado;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.alluvium.trainer.loop.GuardedRunIT;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Kills on a real device, in processes that the SDK's argfile started. */
@EnabledIfSystemProperty(named = "tornado.load.runtime.implementation", matches = ".+")
class GuardedRunOnDeviceIT extends GuardedRunIT {

    /** As this process was started. */
    @Override
    protected List<String> jvmOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    @Override
    protected String backend() {
        return "tornado";
    }
}
