package org.alluvium.contracts.log;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the records that were read: {@code read = accepted + duplicates + sum(rejected)}.
 *
 * @param read records read from the sources
 * @param accepted documents written to shards
 * @param duplicates documents dropped because their text had been seen
 * @param rejected records that went to the dead letters or rejects, by reason
 */
public record Funnel(long read, long accepted, long duplicates, Map<String, Long> rejected) {

    public static final Funnel EMPTY = new Funnel(0, 0, 0, Map.of());

    public Funnel {
        rejected = Map.copyOf(rejected);
    }

    /** The counts of both together. */
    public Funnel plus(Funnel other) {
        Map<String, Long> sum = new TreeMap<>(rejected);
        other.rejected.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return new Funnel(read + other.read, accepted + other.accepted, duplicates + other.duplicates, sum);
    }

    /** Whether nothing was lost between reading and the three ways out. */
    public boolean balances() {
        return read
                == accepted
                        + duplicates
                        + rejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
