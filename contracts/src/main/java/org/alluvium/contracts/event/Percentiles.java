package org.alluvium.contracts.event;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The median and the far end of a set of values, by nearest rank (Hyndman and Fan, 1996, definition 1): each is one of the
 * values, and at least that share of them is not above it.
 */
public record Percentiles(double p50, double p95, double p99) {

    /**
     * The percentiles of values, each divided by a unit; empty where there are no values.
     *
     * @param values in any order; left as they are
     * @param unit what one unit of the result is in units of the values: 1000 makes seconds of milliseconds
     */
    public static Optional<Percentiles> of(long[] values, double unit) {
        if (values.length == 0) {
            return Optional.empty();
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return Optional.of(new Percentiles(
                atShare(sorted, 0.50) / unit, atShare(sorted, 0.95) / unit, atShare(sorted, 0.99) / unit));
    }

    /** As the members of an event: {@code p50}, {@code p95}, {@code p99}. */
    public Map<String, Double> fields() {
        Map<String, Double> fields = new LinkedHashMap<>();
        fields.put("p50", p50);
        fields.put("p95", p95);
        fields.put("p99", p99);
        return fields;
    }

    /** What {@link #fields} made, as an event brought it back; empty if it is nothing of the kind. */
    public static Optional<Percentiles> from(Object member) {
        if (member instanceof Map<?, ?> map
                && map.get("p50") instanceof Number p50
                && map.get("p95") instanceof Number p95
                && map.get("p99") instanceof Number p99) {
            return Optional.of(new Percentiles(p50.doubleValue(), p95.doubleValue(), p99.doubleValue()));
        }
        return Optional.empty();
    }

    private static long atShare(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
