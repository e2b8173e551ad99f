package org.alluvium.trainer.tornado;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
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

    /** PoCL keeps what it compiled for all processes of a user; those that are killed get a place of their own. */
    @Override
    protected void prepare(ProcessBuilder trainer, Path shared) {
        trainer.environment().put("POCL_CACHE_DIR", shared.resolve("pocl").toString());
    }

    @Override
    protected String backend() {
        return "tornado";
    }

    /** Each start compiles anew. */
    @Override
    protected int kills() {
        return 2;
    }
}
