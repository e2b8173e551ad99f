package org.alluvium.trainer.backend;

/**
 * What has moved between this process and a device.
 *
 * @param runs of programs
 * @param launches of kernels
 * @param bytesIn arguments, and what was written
 * @param bytesOut what was read
 */
public record Traffic(long runs, long launches, long bytesIn, long bytesOut) {

    /** Before anything moved. */
    public static final Traffic NONE = new Traffic(0, 0, 0, 0);

    /** After one more program. */
    public Traffic plus(long kernels, long in, long out) {
        return new Traffic(runs + 1, launches + kernels, bytesIn + in, bytesOut + out);
    }

    /** What came after another count. */
    public Traffic since(Traffic before) {
        return new Traffic(
                runs - before.runs, launches - before.launches, bytesIn - before.bytesIn, bytesOut - before.bytesOut);
    }
}
