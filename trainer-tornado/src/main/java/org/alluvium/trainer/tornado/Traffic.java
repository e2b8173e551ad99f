package org.alluvium.trainer.tornado;

/**
 * What has gone to a device and come from it so far.
 *
 * @param runs of programs
 * @param launches of kernels
 * @param bytesIn arguments, and what was written
 * @param bytesOut what was read
 */
public record Traffic(long runs, long launches, long bytesIn, long bytesOut) {

    static final Traffic NONE = new Traffic(0, 0, 0, 0);

    Traffic plus(long kernels, long in, long out) {
        return new Traffic(runs + 1, launches + kernels, bytesIn + in, bytesOut + out);
    }

    /** What came after another count. */
    public Traffic since(Traffic before) {
        return new Traffic(
                runs - before.runs, launches - before.launches, bytesIn - before.bytesIn, bytesOut - before.bytesOut);
    }
}
