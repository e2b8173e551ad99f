package org.alluvium.trainer.tornado;

import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendProvider;
import org.alluvium.trainer.tornado.device.GraphDevice;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** The backend on TornadoVM's default device; {@code auto} takes it after the CPU's. */
public final class TornadoProvider implements BackendProvider {

    private static final String LOADED_BY_THE_SDK = "tornado.load.runtime.implementation";

    @Override
    public String name() {
        return "tornado";
    }

    @Override
    public int rank() {
        return -1;
    }

    @Override
    public Backend open(int threads, TrainConfig.Precision precision) {
        if (System.getProperty(LOADED_BY_THE_SDK) == null) {
            throw new UnavailableException(
                    "this process was started without TornadoVM",
                    "train.backend tornado",
                    "Set TORNADOVM_HOME to the folder of its SDK, and start the process with the SDK's argfile");
        }
        return new TornadoBackend(new GraphDevice(runtime().getDefaultDevice()));
    }

    /** The runtime is a library's static initializer away, which fails by errors. */
    private static TornadoRuntime runtime() {
        try {
            return TornadoRuntimeProvider.getTornadoRuntime();
        } catch (LinkageError | RuntimeException e) {
            throw new UnavailableException(
                    "TornadoVM found no device that works: " + e,
                    "train.backend tornado",
                    "See which devices 'tornado --devices' lists; for OpenCL a driver must be in /etc/OpenCL/vendors",
                    e);
        }
    }
}
