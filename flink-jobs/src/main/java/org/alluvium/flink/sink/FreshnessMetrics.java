package org.alluvium.flink.sink;

import java.util.function.Function;
import org.alluvium.contracts.log.Freshness;
import org.alluvium.contracts.log.Freshness.Quantiles;
import org.alluvium.contracts.metrics.Metric;
import org.alluvium.flink.metric.IngestMetrics;
import org.apache.flink.metrics.MetricGroup;

/** How fresh the newest commit with documents was. Before the first such commit nothing is told. */
final class FreshnessMetrics {

    private static final double MILLIS_PER_SECOND = 1e3;

    private final MetricGroup group;
    private volatile Freshness newest;

    FreshnessMetrics(MetricGroup operatorGroup) {
        this.group = operatorGroup;
    }

    /** Takes what was committed. Called by one thread. */
    void update(Freshness freshness) {
        boolean first = newest == null;
        newest = freshness;
        if (first) {
            register(IngestMetrics.EVENT_TO_INGEST, Freshness::eventToIngest);
            register(IngestMetrics.INGEST_TO_COMMIT, Freshness::ingestToCommit);
            register(IngestMetrics.EVENT_TO_COMMIT, Freshness::eventToCommit);
        }
    }

    private void register(Metric metric, Function<Freshness, Quantiles> leg) {
        register(metric, "50", leg.andThen(Quantiles::p50Millis));
        register(metric, "95", leg.andThen(Quantiles::p95Millis));
        register(metric, "99", leg.andThen(Quantiles::p99Millis));
    }

    private void register(Metric metric, String percentile, Function<Freshness, Long> millis) {
        IngestMetrics.tell(group, metric, () -> millis.apply(newest) / MILLIS_PER_SECOND, percentile);
    }
}
