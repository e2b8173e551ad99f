package org.alluvium.flink.intake;

import java.util.List;
import java.util.Locale;
import org.alluvium.flink.metric.IngestMetrics;
import org.apache.flink.events.Event;
import org.apache.flink.events.EventBuilder;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the gate knows of each source: how much of it is refused, whether it is paused, and, when too much of it is refused, a Flink event {@value #ALERT} with the attributes {@code source}, {@code share}
 * and {@code action} ({@code alert} or {@code pause}). The labels are the names of the configured sources, so their number
 * is bounded.
 */
public final class IntakeMetrics {

    /** Name of the event. */
    public static final String ALERT = "alert";

    /** Its attributes. */
    public static final List<String> ALERT_ATTRIBUTES = List.of("source", "share", "action");

    private IntakeMetrics() {}

    /** Registers the gauges of a reader's gate, and reports its alerts from now on. */
    public static void register(Intake intake, MetricGroup readerGroup) {
        for (String source : intake.sources()) {
            SourceFlow flow = intake.flow(source);
            IngestMetrics.tell(readerGroup, IngestMetrics.REFUSED_RATIO, flow::failureShare, source);
            IngestMetrics.tell(readerGroup, IngestMetrics.PAUSED, () -> flow.isPaused() ? 1 : 0, source);
            flow.onAlert(alert -> readerGroup.addEvent(event(alert)));
        }
    }

    private static EventBuilder event(FailureAlert alert) {
        return Event.builder(IntakeMetrics.class, ALERT)
                .setSeverity("ERROR")
                .setAttribute("source", alert.source())
                .setAttribute("share", alert.share())
                .setAttribute("action", alert.action().name().toLowerCase(Locale.ROOT));
    }
}
