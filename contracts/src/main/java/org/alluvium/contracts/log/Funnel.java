package org.alluvium.contracts.log;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the records that were read: {@code read = accepted + duplicates + sum(rejected) + sum(skipped) + deleted}.
 *
 * @param read records read from the sources
 * @param accepted documents written to shards
 * @param duplicates documents dropped because their text had been seen
 * @param rejected records that went to the dead letters or rejects, by reason
 * @param skipped records that hold no document and are nothing to worry about, by reason
 * @param deleted records that say that a document is to be deleted
 */
public record Funnel(
        long read,
        long accepted,
        long duplicates,
        Map<String, Long> rejected,
        Map<String, Long> skipped,
        long deleted) {

    public static final Funnel EMPTY = new Funnel(0, 0, 0, Map.of(), Map.of(), 0);

    public Funnel {
        rejected = Map.copyOf(rejected);
        skipped = Map.copyOf(skipped);
    }

    /** The counts of both together. */
    public Funnel plus(Funnel other) {
        return new Funnel(
                read + other.read,
                accepted + other.accepted,
                duplicates + other.duplicates,
                sum(rejected, other.rejected),
                sum(skipped, other.skipped),
                deleted + other.deleted);
    }

    private static Map<String, Long> sum(Map<String, Long> some, Map<String, Long> others) {
        Map<String, Long> sum = new TreeMap<>(some);
        others.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return sum;
    }

    /** Whether nothing was lost between reading and the ways out. */
    public boolean balances() {
        return read == accepted + duplicates + total(rejected) + total(skipped) + deleted;
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
