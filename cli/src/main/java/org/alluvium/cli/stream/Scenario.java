package org.alluvium.cli.stream;

import org.alluvium.cli.scale.Sheet;
import org.alluvium.contracts.error.ConfigException;

/**
 * What is simulated; times in seconds.
 *
 * @param horizon time that passes
 * @param seed of arrivals and failures
 * @param arrivals what arrives
 * @param slots parallelism at the beginning
 * @param slotRate documents a second that a slot can do
 * @param checkpoints of Flink
 * @param failures of the job
 * @param scaling of the job
 */
public record Scenario(
        double horizon,
        long seed,
        Arrivals arrivals,
        int slots,
        double slotRate,
        Checkpoints checkpoints,
        Failures failures,
        Scaling scaling) {

    /**
     * Documents arrive in parcels, at random (Poisson).
     *
     * @param parcel documents in one
     * @param rate mean documents a second outside bursts
     * @param burstFactor how much more arrives in a burst
     * @param burstEvery from the beginning of one burst to the next
     * @param burstTime how long it lasts
     */
    public record Arrivals(double parcel, double rate, double burstFactor, double burstEvery, double burstTime) {

        /** Parcels a second at a time. The first burst begins after one period. */
        double parcelsPerSecond(double time) {
            boolean burst = time >= burstEvery && time % burstEvery < burstTime;
            return rate / parcel * (burst ? burstFactor : 1);
        }

        double mostParcelsPerSecond() {
            return rate / parcel * Math.max(1, burstFactor);
        }
    }

    /**
     * Flink's checkpoints, one at a time.
     *
     * @param interval between their beginnings
     * @param time from the barrier's arrival at the end to the log entry
     * @param buffered documents that a barrier waits behind, at most
     */
    public record Checkpoints(double interval, double time, double buffered) {}

    /**
     * Failures that restart the job from its last checkpoint.
     *
     * @param meanBetween mean time from a restart to the next failure; 0 for none
     * @param restart time until documents flow again
     */
    public record Failures(double meanBetween, double restart) {}

    /**
     * Autoscaling by lag: doubles and halves.
     *
     * @param most slots, never fewer than at the beginning
     * @param every between two looks
     * @param upAtLag seconds of work that wait
     * @param downAtLoad share of the time since the last look that was worked
     * @param rescale time of a savepoint and a new start
     */
    public record Scaling(int most, double every, double upAtLag, double downAtLoad, double rescale) {}

    public Scenario {
        require(horizon > 0 && slots > 0 && slotRate > 0, "horizon, slots and slotRate above 0");
        require(arrivals.parcel() > 0 && arrivals.rate() > 0, "parcel and rate above 0");
        require(
                arrivals.burstFactor() >= 0 && arrivals.burstEvery() > 0 && arrivals.burstTime() >= 0,
                "burstEvery above 0, burstFactor and burstTime not below");
        require(
                checkpoints.interval() > 0 && checkpoints.time() >= 0 && checkpoints.buffered() >= 0,
                "checkpointInterval above 0, checkpointTime and buffered not below");
        require(failures.meanBetween() >= 0 && failures.restart() >= 0, "times of failures not below 0");
        require(
                scaling.every() > 0 && scaling.rescale() >= 0 && scaling.most() >= slots,
                "lookEvery above 0, rescaleTime not below, mostSlots not below slots");
    }

    private static void require(boolean held, String needed) {
        if (!held) {
            throw new ConfigException("the stream cannot be simulated", "estimate stream", "Give " + needed);
        }
    }

    /** What the inputs of a sheet say. */
    public static Scenario of(Sheet sheet) {
        return new Scenario(
                value(sheet, "horizon"),
                (long) value(sheet, "seed"),
                new Arrivals(
                        value(sheet, "parcel"),
                        value(sheet, "rate"),
                        value(sheet, "burstFactor"),
                        value(sheet, "burstEvery"),
                        value(sheet, "burstTime")),
                (int) value(sheet, "slots"),
                value(sheet, "slotRate"),
                new Checkpoints(
                        value(sheet, "checkpointInterval"), value(sheet, "checkpointTime"), value(sheet, "buffered")),
                new Failures(value(sheet, "secondsBetweenFailures"), value(sheet, "restartTime")),
                new Scaling(
                        (int) value(sheet, "mostSlots"),
                        value(sheet, "lookEvery"),
                        value(sheet, "upAtLag"),
                        value(sheet, "downAtLoad"),
                        value(sheet, "rescaleTime")));
    }

    private static double value(Sheet sheet, String name) {
        return sheet.input(name).quantity().value();
    }
}
