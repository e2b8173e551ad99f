package org.alluvium.cli.stream;

/**
 * What came of a scenario; times in seconds, counts in documents.
 *
 * @param arrived documents
 * @param committed that are in the log
 * @param duplicates that are in it more than once, or out of order
 * @param waiting at the end, in the source or between operators
 * @param replayed that were read again after failures and rescaling
 * @param freshness from arrival to commit
 * @param meanWait from arrival until work on a document begins, the last time if it was replayed
 * @param longestCatchUp from a failure until nothing waited
 * @param mostLag work that waited at most, in seconds
 * @param work what the job did
 */
public record Report(
        double arrived,
        double committed,
        double duplicates,
        double waiting,
        double replayed,
        Freshness freshness,
        double meanWait,
        double longestCatchUp,
        double mostLag,
        Work work) {

    /** Ages that half, 95 and 99 percent and all of the committed documents did not exceed. */
    public record Freshness(double p50, double p95, double p99, double most) {

        static final Freshness NONE = new Freshness(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

        /** Of ages in rising order. */
        static Freshness of(double[] sorted) {
            return sorted.length == 0
                    ? NONE
                    : new Freshness(rank(sorted, 0.50), rank(sorted, 0.95), rank(sorted, 0.99), rank(sorted, 1));
        }

        private static double rank(double[] sorted, double share) {
            return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
        }
    }

    /**
     * What it took.
     *
     * @param checkpoints completed
     * @param failures survived
     * @param rescalings made
     * @param mostSlots at a time
     * @param slotHours in all
     */
    public record Work(int checkpoints, int failures, int rescalings, int mostSlots, double slotHours) {}
}
