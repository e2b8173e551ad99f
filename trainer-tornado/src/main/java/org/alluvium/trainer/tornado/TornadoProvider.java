package org.alluvium.trainer.tornado;

import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.choice.Availability;
import org.alluvium.trainer.backend.choice.BackendOptions;
import org.alluvium.trainer.backend.choice.BackendProvider;
import org.alluvium.trainer.tornado.device.Accelerators;

/** The backend on a device of TornadoVM; {@code auto} takes it where that is a GPU. */
public final class TornadoProvider implements BackendProvider {

    private static final String NOT_STARTED_WITH_IT = "this process was started without TornadoVM";
    private static final String HOW_TO_START_WITH_IT =
            "Set TORNADOVM_HOME to the folder of its SDK, and start again with ./alluvium; docs/gpu.md says how to install it";

    @Override
    public String name() {
        return "tornado";
    }

    @Override
    public int rank() {
        return 20;
    }

    @Override
    public Availability availability(BackendOptions options) {
        if (!Accelerators.startedWithTornado()) {
            return new Availability.Missing(NOT_STARTED_WITH_IT, HOW_TO_START_WITH_IT);
        }
        try {
            DeviceInfo device = Accelerators.find().devices().choose(options.device());
            return device.type() == DeviceInfo.Type.GPU
                    ? new Availability.Fast()
                    : new Availability.OnRequest(device.name() + " is not a GPU, and the CPU backend is faster");
        } catch (UnavailableException e) {
            return new Availability.Missing(Accelerators.NONE_WORKS, Accelerators.WHAT_TO_INSTALL);
        }
    }

    @Override
    public Backend open(BackendOptions options) {
        if (!Accelerators.startedWithTornado()) {
            throw new UnavailableException(NOT_STARTED_WITH_IT, "train.backend tornado", HOW_TO_START_WITH_IT);
        }
        return new TornadoBackend(Accelerators.find().open(options.device()));
    }
}
