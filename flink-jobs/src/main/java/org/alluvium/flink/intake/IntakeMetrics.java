package org.alluvium.flink.intake;

import org.apache.flink.metrics.MetricGroup;

/**
 * What the gate knows of each source as Flink gauges: {@code alluvium.source.<name>.failureShare}, {@code .alerts} and
 * {@code .paused} (1 or 0). The labels are the names of the configured sources, so their number is bounded.
 */
public final class IntakeMetrics {

    private IntakeMetrics() {}

    /** Registers the gauges of a reader's gate. */
    public static void register(Intake intake, MetricGroup readerGroup) {
        MetricGroup group = readerGroup.addGroup("alluvium");
        for (String source : intake.sources()) {
            SourceFlow flow = intake.flow(source);
            MetricGroup of = group.addGroup("source", source);
            of.gauge("failureShare", flow::failureShare);
            of.gauge("alerts", flow::alerts);
            of.gauge("paused", () -> flow.isPaused() ? 1 : 0);
        }
    }
}
