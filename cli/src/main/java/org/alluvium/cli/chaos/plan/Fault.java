package org.alluvium.cli.chaos.plan;

import java.time.Duration;

/**
 * One thing that is to go wrong.
 *
 * @param number from 1, in the order of the schedule
 * @param hold how long it lasts; zero for what happens at once
 * @param pause calm before it, after the one before has been recovered from
 * @param overlaps whether it strikes while the one before has not been recovered from
 * @param amount what the kind makes of it: for a jump of the clock, milliseconds; for a damaged checkpoint, which byte; for a
 *     second start of ingest, whether by itself (even) or on the cluster (odd); for a takedown, which document and how long it
 *     is let be
 */
public record Fault(
        int number, FaultKind kind, Target target, Duration hold, Duration pause, boolean overlaps, long amount) {

    /** Kind and target in words. */
    public String words() {
        String jump = kind == FaultKind.CLOCK_JUMP ? " by " + words(Duration.ofMillis(amount)) : "";
        String lasting = hold.isZero() ? "" : " for " + hold.toSeconds() + " s";
        return kind.words() + ": " + target.word() + jump + lasting;
    }

    private static String words(Duration jump) {
        if (jump.abs().compareTo(Duration.ofDays(1)) >= 0) {
            return jump.toDays() + " d";
        }
        return jump.abs().compareTo(Duration.ofHours(1)) >= 0 ? jump.toHours() + " h" : jump.toSeconds() + " s";
    }
}
