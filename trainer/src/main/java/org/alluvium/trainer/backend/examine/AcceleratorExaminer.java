package org.alluvium.trainer.backend.examine;

import java.util.List;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.choice.Devices;

/** Looks at accelerators; a {@link java.util.ServiceLoader} service of the module that drives them. */
public interface AcceleratorExaminer {

    /**
     * What this process can compute on.
     *
     * @throws UnavailableException if there is nothing, saying what is missing
     */
    Devices devices();

    /**
     * Runs every kernel on the device and as plain loops in this process, on the same numbers, and compares. A device whose
     * compiler is wrong is silent otherwise.
     *
     * @return a verdict for each kernel, in a fixed order
     */
    List<KernelVerdict> compare(DeviceInfo device);
}
