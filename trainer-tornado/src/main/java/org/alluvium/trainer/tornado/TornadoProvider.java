package org.alluvium.trainer.tornado;

import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.choice.AcceleratorLaunch;
import org.alluvium.trainer.backend.choice.Availability;
import org.alluvium.trainer.backend.choice.BackendOptions;
import org.alluvium.trainer.backend.choice.BackendProvider;
import org.alluvium.trainer.tornado.device.Accelerators;
import org.alluvium.trainer.tornado.device.GraphDevice;

/** The backend on a device of TornadoVM; {@code auto} takes it where that is a GPU. */
public final class TornadoProvider implements BackendProvider {

    private static final Availability.Missing NOT_STARTED_WITH_IT = new Availability.Missing(
            "this process was started without TornadoVM",
            "Set TORNADOVM_HOME to the folder of its SDK, and start again with ./alluvium; docs/gpu.md says how to install it");

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
            return AcceleratorLaunch.ofThisProcess().missing().orElse(NOT_STARTED_WITH_IT);
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
        if (availability(options) instanceof Availability.Missing(String reason, String todo)) {
            throw new UnavailableException(reason, "train.backend tornado", todo);
        }
        Accelerators accelerators = Accelerators.find();
        DeviceInfo description = accelerators.devices().choose(options.device());
        Library library = Library.chosen(description, options.precision());
        GraphDevice device = accelerators.open(options.device());
        return new TornadoBackend(device, description.type(), library);
    }
}
