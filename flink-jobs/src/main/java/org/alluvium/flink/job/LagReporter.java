package org.alluvium.flink.job;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.alluvium.contracts.event.EventSink;
import org.alluvium.flink.metric.IngestMetrics;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.Scheduled;

/**
 * Writes what the job's sources say of themselves as ingest events {@code lag}:
 *
 * <pre>
 * source               its name
 * pendingSplits, pendingBytes, oldestPendingMillis   what waits in its folders, and when what is next was last changed
 * failureShare         how much of its newest records was refused
 * paused               how many of its readers leave it alone
 * </pre>
 *
 * These are the metrics of {@link IngestMetrics} that have a source. Of several subtasks with one gauge the counts add up, and
 * of shares the largest is told. A source is written when something of it has changed. Thread-safe, since Flink registers and
 * reports from threads of its own.
 */
final class LagReporter implements MetricReporter, Scheduled {

    /** Under which Flink files the name of a group {@code addGroup("source", name)}. */
    private static final String SOURCE = "<source>";

    /** What a metric is called in an event, and what its value is multiplied by there. */
    private record Field(String name, int factor) {

        Number of(Number value) {
            return factor == 1 ? value : Math.round(value.doubleValue() * factor);
        }
    }

    private static final Map<String, Field> FIELDS = Map.of(
            IngestMetrics.PENDING_SPLITS.name(), new Field("pendingSplits", 1),
            IngestMetrics.PENDING_BYTES.name(), new Field("pendingBytes", 1),
            IngestMetrics.OLDEST_PENDING.name(), new Field("oldestPendingMillis", 1_000),
            IngestMetrics.REFUSED_RATIO.name(), new Field("failureShare", 1),
            IngestMetrics.PAUSED.name(), new Field("paused", 1));

    private record Place(String source, Field field) {}

    private final EventSink events;
    private final Map<Gauge<?>, Place> gauges = new ConcurrentHashMap<>();

    // Used by the reporting thread only.
    private final Map<String, Map<String, Number>> told = new HashMap<>();

    LagReporter(EventSink events) {
        this.events = events;
    }

    @Override
    public void open(MetricConfig config) {
        // There is nothing to configure.
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        String source = group.getAllVariables().get(SOURCE);
        Field field = FIELDS.get(name);
        if (source != null && field != null && metric instanceof Gauge<?> gauge) {
            gauges.put(gauge, new Place(source, field));
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Gauge<?> gauge) {
            gauges.remove(gauge);
        }
    }

    @Override
    public void report() {
        read().forEach((source, values) -> {
            if (!values.equals(told.put(source, values))) {
                Map<String, Object> fields = new TreeMap<>(values);
                fields.put("source", source);
                events.emit("lag", fields);
            }
        });
    }

    private Map<String, Map<String, Number>> read() {
        Map<String, Map<String, Number>> sources = new TreeMap<>();
        gauges.forEach((gauge, place) -> number(gauge)
                .ifPresent(value -> sources.computeIfAbsent(place.source(), source -> new TreeMap<>())
                        .merge(place.field().name(), place.field().of(value), LagReporter::combine)));
        return sources;
    }

    private static Optional<Number> number(Gauge<?> gauge) {
        return gauge.getValue() instanceof Number number ? Optional.of(number) : Optional.empty();
    }

    private static Number combine(Number one, Number other) {
        if (one instanceof Double) {
            return Math.max(one.doubleValue(), other.doubleValue());
        }
        return one.longValue() + other.longValue();
    }

    @Override
    public void close() {
        // The events belong to who gave them.
    }
}
