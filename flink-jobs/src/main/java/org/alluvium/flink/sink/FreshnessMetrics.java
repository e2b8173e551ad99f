package org.alluvium.flink.sink;

import java.util.Optional;
import java.util.function.Function;
import org.alluvium.contracts.log.Freshness;
import org.alluvium.contracts.log.Freshness.Quantiles;
import org.apache.flink.metrics.MetricGroup;

/**
 * How fresh the newest commit with documents was, as Flink gauges {@code alluvium.freshness.<leg>.p50Millis}, {@code
 * .p95Millis} and {@code .p99Millis}; a leg is a component of {@link Freshness}. Before the first commit there are none.
 */
final class FreshnessMetrics {

    private final MetricGroup group;
    private volatile Optional<Freshness> newest = Optional.empty();

    FreshnessMetrics(MetricGroup operatorGroup) {
        this.group = operatorGroup.addGroup("alluvium").addGroup("freshness");
    }

    /** Takes the freshness of a commit. Called by one thread. */
    void update(Freshness freshness) {
        boolean first = newest.isEmpty();
        newest = Optional.of(freshness);
        if (first) {
            register("eventToIngest", Freshness::eventToIngest);
            register("ingestToCommit", Freshness::ingestToCommit);
            register("eventToCommit", Freshness::eventToCommit);
        }
    }

    private void register(String leg, Function<Freshness, Quantiles> quantiles) {
        MetricGroup of = group.addGroup(leg);
        gauge(of, "p50Millis", quantiles.andThen(Quantiles::p50Millis));
        gauge(of, "p95Millis", quantiles.andThen(Quantiles::p95Millis));
        gauge(of, "p99Millis", quantiles.andThen(Quantiles::p99Millis));
    }

    private void gauge(MetricGroup of, String name, Function<Freshness, Long> value) {
        of.gauge(name, () -> newest.map(value).orElseThrow());
    }
}
