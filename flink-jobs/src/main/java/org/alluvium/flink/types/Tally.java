package org.alluvium.flink.types;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often each of some values occurred.
 *
 * @param counts occurrences by value, each at least 1
 */
public record Tally(SortedMap<Long, Long> counts) {

    public static final Tally EMPTY = new Tally(new TreeMap<>());

    public Tally {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /** The values of both. */
    public Tally plus(Tally other) {
        SortedMap<Long, Long> sum = new TreeMap<>(counts);
        other.counts.forEach((value, count) -> sum.merge(value, count, Long::sum));
        return new Tally(sum);
    }

    /** What each value lacks to the given one. */
    public Tally until(long end) {
        SortedMap<Long, Long> differences = new TreeMap<>();
        counts.forEach((value, count) -> differences.put(end - value, count));
        return new Tally(differences);
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /**
     * The smallest value that at least this share of all values does not exceed.
     *
     * @param share in (0, 1]
     * @throws IllegalStateException if there is no value
     */
    public long quantile(double share) {
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= wanted) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("a quantile of nothing was asked for");
    }
}
