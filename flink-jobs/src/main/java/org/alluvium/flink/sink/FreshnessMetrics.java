package org.alluvium.flink.sink;

import org.alluvium.flink.types.Ages;
import org.apache.flink.metrics.MetricGroup;

/**
 * How fresh the newest commit with documents was, as Flink histograms {@code alluvium.freshness.eventToIngest}, {@code
 * .ingestToCommit} and {@code .eventToCommit}, in milliseconds. Before the first commit there are none.
 */
final class FreshnessMetrics {

    private final MetricGroup group;
    private final TallyHistogram eventToIngest = new TallyHistogram();
    private final TallyHistogram ingestToCommit = new TallyHistogram();
    private final TallyHistogram eventToCommit = new TallyHistogram();
    private boolean registered;

    FreshnessMetrics(MetricGroup operatorGroup) {
        this.group = operatorGroup.addGroup("alluvium").addGroup("freshness");
    }

    /** Takes what was committed, in milliseconds since the epoch, if it has documents. Called by one thread. */
    void update(Ages ages, long commitMillis) {
        if (ages.isEmpty()) {
            return;
        }
        eventToIngest.replace(ages.eventToIngest());
        ingestToCommit.replace(ages.arrivals().until(commitMillis));
        eventToCommit.replace(ages.events().until(commitMillis));
        if (!registered) {
            registered = true;
            group.histogram("eventToIngest", eventToIngest);
            group.histogram("ingestToCommit", ingestToCommit);
            group.histogram("eventToCommit", eventToCommit);
        }
    }
}
