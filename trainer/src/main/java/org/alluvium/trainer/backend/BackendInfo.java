package org.alluvium.trainer.backend;

import java.util.List;
import java.util.Optional;

/**
 * What computes, in words for the start banner.
 *
 * @param name short name, as in the configuration
 * @param detail libraries, vector width, and why something faster is not used
 * @param threads that compute
 * @param device that computes; empty where it is this process
 * @param passedOver why other backends do not compute, a clause for each
 */
public record BackendInfo(
        String name, String detail, int threads, Optional<DeviceInfo> device, List<String> passedOver) {

    public BackendInfo {
        passedOver = List.copyOf(passedOver);
    }

    /** In this process. */
    public BackendInfo(String name, String detail, int threads) {
        this(name, detail, threads, Optional.empty(), List.of());
    }

    /** On a device. */
    public BackendInfo(String name, String detail, DeviceInfo device) {
        this(name, detail, 1, Optional.of(device), List.of());
    }

    /** The same, chosen instead of others for these reasons. */
    public BackendInfo passingOver(List<String> reasons) {
        return new BackendInfo(name, detail, threads, device, reasons);
    }

    @Override
    public String toString() {
        String where = device.map(DeviceInfo::name).orElse(threads + (threads == 1 ? " thread" : " threads"));
        String others = passedOver.isEmpty() ? "" : "; " + String.join("; ", passedOver);
        return name + " (" + detail + ", " + where + ")" + others;
    }
}
