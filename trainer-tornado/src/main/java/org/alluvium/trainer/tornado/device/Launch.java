package org.alluvium.trainer.tornado.device;

import java.util.Optional;
import org.alluvium.trainer.backend.DeviceInfo;

/**
 * How many groups of how many threads.
 *
 * @param threads of a group
 * @param groups in all
 */
record Launch(int threads, int groups) {

    private static final int SHARES = 8; // groups for each core of a CPU, so that none waits long for another
    private static final int LARGEST = 256; // threads of a group on a CPU

    /**
     * Of a loop on a CPU, where TornadoVM would take the largest group whose size divides the number of iterations: for up to 4,096
     * iterations that is one, and one core works. Sizes must divide it, as a loop with a launch of its own is not guarded against more
     * threads than iterations. Elsewhere TornadoVM decides, and does guard it.
     */
    static Optional<Launch> of(DeviceInfo device, int items) {
        if (device.type() != DeviceInfo.Type.CPU) {
            return Optional.empty();
        }
        int threads = Math.clamp(items / (SHARES * device.computeUnits()), 1, LARGEST);
        while (items % threads != 0) {
            threads--;
        }
        return Optional.of(new Launch(threads, items / threads));
    }
}
