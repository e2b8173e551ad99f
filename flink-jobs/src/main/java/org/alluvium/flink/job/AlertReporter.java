package org.alluvium.flink.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.event.EventSink;
import org.alluvium.flink.intake.IntakeMetrics;
import org.apache.flink.events.Event;
import org.apache.flink.events.reporter.EventReporter;
import org.apache.flink.metrics.MetricConfig;

/** Writes the alerts of sources and of the tokenizer, which Flink carries here, as ingest events {@code alert} of the same attributes. */
final class AlertReporter implements EventReporter {

    /** By who raises it. */
    private static final Map<String, List<String>> ATTRIBUTES = Map.of(
            IntakeMetrics.class.getCanonicalName(), IntakeMetrics.ALERT_ATTRIBUTES,
            TokenizerMetrics.class.getCanonicalName(), TokenizerMetrics.ALERT_ATTRIBUTES);

    private final EventSink events;

    AlertReporter(EventSink events) {
        this.events = events;
    }

    @Override
    public void open(MetricConfig config) {
        // There is nothing to configure.
    }

    @Override
    public void notifyOfAddedEvent(Event event) {
        if (event.getName().equals("alert")) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (String name : ATTRIBUTES.getOrDefault(event.getClassScope(), List.of())) {
                fields.put(name, event.getAttributes().get(name));
            }
            if (!fields.isEmpty()) {
                events.emit("alert", fields);
            }
        }
    }

    @Override
    public void close() {
        // The events belong to who gave them.
    }
}
