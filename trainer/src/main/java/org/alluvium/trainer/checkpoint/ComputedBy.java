package org.alluvium.trainer.checkpoint;

import java.util.List;
import org.alluvium.trainer.backend.BackendInfo;
import org.alluvium.trainer.backend.DeviceInfo;

/**
 * What computed a run up to a checkpoint: {@code backend.json} of it (version 1), which checkpoints before release 0.4 do not
 * have. Bits are promised to those who go on with the same; any other may go on, too.
 *
 * <pre>
 * {"version": 1, "name": "tornado", "detail": "FP32", "devices": [{"index": 0, "name": "…", "type": "GPU", "platform": "…",
 *  "driver": "…", "runtime": "…", "memoryBytes": …, "largestAllocationBytes": …, "computeUnits": …}]}
 * </pre>
 *
 * @param version of the format, currently {@link #VERSION}
 * @param name of the backend
 * @param detail libraries, precision and vector width
 * @param devices none where the process computed, else one
 */
public record ComputedBy(int version, String name, String detail, List<DeviceInfo> devices) {

    public static final int VERSION = 1;

    public ComputedBy {
        if (version != VERSION) {
            throw new IllegalArgumentException("a backend of version " + version + "; this release reads " + VERSION);
        }
        devices = List.copyOf(devices);
    }

    /** What computes now. */
    public static ComputedBy of(BackendInfo info) {
        return new ComputedBy(
                VERSION, info.name(), info.detail(), info.device().stream().toList());
    }

    /** Equal for those of which equal bits are expected: neither threads nor a device's number matter. */
    public String words() {
        StringBuilder words = new StringBuilder(name).append(" (").append(detail);
        for (DeviceInfo device : devices) {
            words.append(", ").append(device.name());
            words.append(", ").append(device.platform());
            words.append(", driver ").append(device.driver());
            words.append(", ").append(device.runtime());
        }
        return words.append(')').toString();
    }
}
