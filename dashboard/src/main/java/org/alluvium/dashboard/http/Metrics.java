package org.alluvium.dashboard.http;

import java.util.Map;
import org.alluvium.contracts.metrics.MetricsPage;
import org.alluvium.dashboard.run.RunIndex;
import org.alluvium.trainer.monitor.TrainMetrics;

/**
 * The newest figures of runs for Prometheus, under the names that a trainer gives them itself. All are gauges, and the run is their
 * only label.
 */
final class Metrics {

    private static final String LABEL = "run";

    private Metrics() {}

    /** Those of some runs, by their names. */
    static String of(Map<String, RunIndex> runs) {
        MetricsPage page = new MetricsPage("alluvium_");
        for (TrainMetrics.Metric metric : TrainMetrics.ALL) {
            String name = "train_" + metric.name();
            page.family(name, "gauge", metric.help());
            runs.forEach((run, index) -> index.latest(metric.event())
                    .flatMap(event -> metric.of(event.fields()))
                    .ifPresent(value -> page.value(name + MetricsPage.label(LABEL, run), value)));
        }
        page.family("events_read", "gauge", "Events that the dashboard has read.");
        runs.forEach((run, index) -> page.value("events_read" + MetricsPage.label(LABEL, run), index.events()));
        return page.text();
    }
}
