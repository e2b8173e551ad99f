package org.alluvium.dashboard.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.metrics.Durations;
import org.alluvium.contracts.metrics.Metric;
import org.alluvium.contracts.metrics.MetricsPage;
import org.alluvium.contracts.metrics.ProcessFigures;
import org.alluvium.contracts.metrics.Tallies;
import org.alluvium.contracts.store.s3.StoreMetrics;
import org.alluvium.dashboard.run.RunIndex;
import org.alluvium.trainer.monitor.TrainMetrics;

/**
 * What the dashboard tells Prometheus: its own figures, and the newest figures of its runs under the names that a trainer gives
 * them itself, with the run as one more label. Thread-safe.
 */
public final class DashboardMetrics {

    private static final String RUN = "run";
    private static final Metric REQUESTS =
            Metric.counter("alluvium_dashboard_requests_total", "requests", "Requests answered, by status.", "status");
    private static final Metric REQUEST =
            Metric.durations("alluvium_dashboard_request_seconds", "Time that an answer took.");
    private static final Metric EVENTS =
            Metric.gauge("alluvium_dashboard_read_events", "events", "Events that were read of a run.", RUN);
    private static final ProcessFigures PROCESS = new ProcessFigures("dashboard", Optional.empty());

    private static final StoreMetrics STORES = new StoreMetrics("dashboard");

    /** Its own. */
    public static final List<Metric> OWN = Stream.of(
                    Stream.of(REQUESTS, REQUEST, EVENTS), PROCESS.metrics().stream(), STORES.metrics().stream())
            .flatMap(metrics -> metrics)
            .toList();

    private final Map<String, RunIndex> runs;
    private final Tallies requests = new Tallies(REQUESTS, "200", "422", "500", "503");
    private final Durations durations = new Durations(REQUEST);

    /** @param runs by their names */
    DashboardMetrics(Map<String, RunIndex> runs) {
        this.runs = runs;
    }

    /** A request was answered. */
    void answered(int status, long nanos) {
        requests.add(Integer.toString(status));
        durations.add(nanos);
    }

    /** All of it as text. */
    String text() {
        MetricsPage page = new MetricsPage();
        requests.write(page);
        durations.write(page);
        page.family(EVENTS);
        runs.forEach((run, index) -> page.value(EVENTS, index.events(), run));
        PROCESS.write(page);
        STORES.write(page);
        writeRuns(page);
        return page.text();
    }

    private void writeRuns(MetricsPage page) {
        Metric before = EVENTS;
        for (TrainMetrics.Figure figure : TrainMetrics.FIGURES) {
            Metric metric = ofRuns(figure.metric());
            if (!metric.equals(before)) {
                page.family(metric);
                before = metric;
            }
            runs.forEach((run, index) -> index.latest(figure.event())
                    .flatMap(event -> figure.of(event.fields(), event.time()))
                    .ifPresent(value -> page.value(metric, value, values(run, figure))));
        }
    }

    private static Metric ofRuns(Metric metric) {
        List<String> labels = new ArrayList<>(List.of(RUN));
        labels.addAll(metric.labels());
        return new Metric(metric.name(), metric.type(), metric.unit(), labels, metric.help());
    }

    private static String[] values(String run, TrainMetrics.Figure figure) {
        return Stream.concat(Stream.of(run), figure.labelValues().stream()).toArray(String[]::new);
    }
}
