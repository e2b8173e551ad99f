package org.alluvium.flink.job;

import java.util.LinkedHashMap;
import java.util.Map;
import org.alluvium.contracts.event.EventSink;
import org.alluvium.flink.intake.IntakeMetrics;
import org.apache.flink.events.Event;
import org.apache.flink.events.reporter.EventReporter;
import org.apache.flink.metrics.MetricConfig;

/** Writes the alerts of sources, which Flink carries here, as ingest events {@code alert} of the same attributes. */
final class AlertReporter implements EventReporter {

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
        if (event.getName().equals(IntakeMetrics.ALERT)
                && event.getClassScope().equals(IntakeMetrics.class.getCanonicalName())) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (String name : IntakeMetrics.ALERT_ATTRIBUTES) {
                fields.put(name, event.getAttributes().get(name));
            }
            events.emit("alert", fields);
        }
    }

    @Override
    public void close() {
        // The events belong to who gave them.
    }
}
