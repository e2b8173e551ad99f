package org.alluvium.trainer.backend;

/**
 * An accelerator, as its driver describes it.
 *
 * @param index its number, from 0, in the list of this machine's devices
 * @param name of the device
 * @param type of the device
 * @param platform whose implementation it is, with its version
 * @param driver version of the driver
 * @param runtime what compiles for it, with its version and interface
 * @param memoryBytes that it has
 * @param largestAllocationBytes that it gives away at once
 * @param computeUnits cores, or what the driver counts as such
 */
public record DeviceInfo(
        int index,
        String name,
        Type type,
        String platform,
        String driver,
        String runtime,
        long memoryBytes,
        long largestAllocationBytes,
        int computeUnits) {

    private static final double GIB = 1L << 30;

    /** What kind of a processor it is. */
    public enum Type {
        GPU,
        CPU,
        OTHER
    }

    /** For people, with its number, as a line of a list. */
    public String line() {
        return index + ": " + words();
    }

    /** For people: all but its number. */
    public String words() {
        return "%s (%s, %s, driver %s, %s, %d compute units, %.1f GiB, at most %.1f GiB at once)"
                .formatted(
                        name,
                        type,
                        platform,
                        driver,
                        runtime,
                        computeUnits,
                        memoryBytes / GIB,
                        largestAllocationBytes / GIB);
    }
}
