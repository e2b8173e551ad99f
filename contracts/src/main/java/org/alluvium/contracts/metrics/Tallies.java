package org.alluvium.contracts.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts by the value of a metric's one label. Thread-safe. */
public final class Tallies {

    private final Metric metric;
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    /**
     * Counts of nothing yet.
     *
     * @param metric a counter with one label
     * @param known values of the label that are told from the start, as 0: what was never told cannot be seen to rise
     */
    public Tallies(Metric metric, String... known) {
        this.metric = metric;
        for (String value : known) {
            counts.put(value, new LongAdder());
        }
    }

    /** One more. */
    public void add(String labelValue) {
        counts.computeIfAbsent(labelValue, value -> new LongAdder()).increment();
    }

    /** Writes all of them. */
    public void write(MetricsPage page) {
        page.family(metric);
        counts.forEach((value, count) -> page.value(metric, count.sum(), value));
    }
}
