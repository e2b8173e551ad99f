package org.alluvium.flink.intake;

import java.util.BitSet;

/**
 * Watches which share of the newest records was refused. When a full window holds more than the allowed share, it trips:
 * once, until the share has been in bounds again. Not thread-safe.
 */
final class FailureCircuit {

    private final int window;
    private final double maxShare;
    private final BitSet refused = new BitSet();
    private long seen;
    private int failures;
    private boolean tripped;

    /**
     * A closed circuit.
     *
     * @param window how many records the share is taken of
     * @param maxShare share that is still in bounds; with 1 it never trips
     */
    FailureCircuit(int window, double maxShare) {
        this.window = window;
        this.maxShare = maxShare;
    }

    /**
     * Takes the fate of the next record.
     *
     * @return whether the circuit has tripped just now
     */
    boolean add(boolean failed) {
        int slot = (int) (seen % window);
        failures += (failed ? 1 : 0) - (refused.get(slot) ? 1 : 0);
        refused.set(slot, failed);
        seen++;
        boolean outOfBounds = seen >= window && share() > maxShare;
        boolean justNow = outOfBounds && !tripped;
        tripped = outOfBounds;
        return justNow;
    }

    /** Share of the newest records that was refused, of as many as there have been; 0 before the first. */
    double share() {
        return seen == 0 ? 0 : (double) failures / Math.min(seen, window);
    }

    /** Forgets every record: the next window decides anew. */
    void reset() {
        refused.clear();
        seen = 0;
        failures = 0;
        tripped = false;
    }
}
