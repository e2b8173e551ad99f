package org.alluvium.cli.deploy;

/**
 * Whether a job that was just started is one to stay with. It is after so many checkpoints in a row; every failure begins the
 * row anew, and after {@value #FAILURES} of them it is broken. So it is when it has ended, unless its input has. A checkpoint
 * that fails does not count: while tasks start, each that is due does, and a job whose checkpoints go on failing is failed by
 * Flink. For one thread.
 */
final class Health {

    /** What is thought of the job. */
    enum Verdict {
        UNDECIDED,
        HEALTHY,
        BROKEN
    }

    /** One may be the cluster's: a machine that was lost. */
    private static final int FAILURES = 3;

    private final int wanted;
    private long failures;
    private long completedAtFailure;

    /** @param wanted checkpoints in a row */
    Health(int wanted) {
        this.wanted = wanted;
    }

    /**
     * What one more look comes to.
     *
     * @param state as Flink calls it
     * @param completed checkpoints since the job was started
     * @param failures of the job since then
     */
    Verdict look(String state, long completed, long failures) {
        if (state.equals("FINISHED")) {
            return Verdict.HEALTHY;
        }
        if (state.equals("FAILED") || state.equals("CANCELED") || state.equals("SUSPENDED") || failures >= FAILURES) {
            return Verdict.BROKEN;
        }
        if (failures > this.failures) {
            this.failures = failures;
            completedAtFailure = completed;
        }
        return state.equals("RUNNING") && inARow(completed) >= wanted ? Verdict.HEALTHY : Verdict.UNDECIDED;
    }

    /** Checkpoints since the last failure. */
    long inARow(long completed) {
        return completed - completedAtFailure;
    }
}
