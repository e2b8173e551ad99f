package org.alluvium.trainer.backend.examine;

import java.util.Optional;

/**
 * How a kernel on a device compares with plain loops.
 *
 * @param kernel its name
 * @param calls how many were compared, of different shapes
 * @param error the largest difference, relative to the largest number that a call wrote; infinite if one of two is not a number
 * @param failure why the device did not run it; empty if it did
 */
public record KernelVerdict(String kernel, int calls, double error, Optional<String> failure) {

    /** Differences that come of another order of sums, and of functions that each device computes in its own way. */
    public static final double TOLERANCE = 1e-4;

    /** Whether it was called, ran, and is right. */
    public boolean right() {
        return calls > 0 && failure.isEmpty() && error <= TOLERANCE;
    }

    /** What is wrong, as a clause; what was measured, if nothing is. */
    public String words() {
        if (failure.isPresent()) {
            return "does not run: " + failure.get();
        }
        return calls == 0 ? "was not called" : "differs by %.1e in %d calls".formatted(error, calls);
    }
}
