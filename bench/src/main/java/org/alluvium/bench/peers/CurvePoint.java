package org.alluvium.bench.peers;

/**
 * One step of two trainings.
 *
 * @param step from 1
 * @param ours loss in nats a target
 * @param theirs loss in nats a target
 * @param ourSpeed tokens per second
 * @param theirSpeed tokens per second
 */
record CurvePoint(long step, double ours, double theirs, double ourSpeed, double theirSpeed) {

    /** The distance of the losses as a share of theirs. */
    double difference() {
        return Math.abs(ours - theirs) / Math.abs(theirs);
    }
}
