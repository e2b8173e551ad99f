package org.alluvium.trainer.monitor;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.alluvium.contracts.metrics.Metric;
import org.alluvium.contracts.metrics.MetricsPage;
import org.alluvium.contracts.metrics.ProcessFigures;
import org.alluvium.contracts.metrics.Tallies;
import org.alluvium.contracts.store.s3.StoreMetrics;

/**
 * The figures of one trainer, by the events that it emits: those that {@link TrainMetrics} names, what adds up since the process
 * began, and what the process takes of its machine. Thread-safe.
 */
public final class TrainerFigures {

    private static final Metric COMPUTING = Metric.counter(
            "alluvium_train_computing_seconds_total", "seconds", "Time of forward and backward passes and updates.");
    private static final Metric WAITING_TIME = Metric.counter(
            "alluvium_train_waiting_seconds_total",
            "seconds",
            "Time that steps which were then taken waited for data.");
    private static final Metric WAITING =
            Metric.gauge("alluvium_train_waiting", Metric.PLAIN, "1 while there is no data for the next step.");
    private static final Metric DOCUMENTS =
            Metric.counter("alluvium_train_documents_total", "documents", "Documents learned from for the first time.");
    private static final Metric TOO_OLD = Metric.counter(
            "alluvium_train_too_old_documents_total",
            "documents",
            "Documents passed over since they had been published too long before their commit.");
    private static final Metric SPIKES =
            Metric.counter("alluvium_train_spikes_total", "spikes", "Steps that the guard stopped at.", "action");
    private static final Metric ALERTS = Metric.counter(
            "alluvium_train_alerts_total", "alerts", "Times that something was wrong, and the run went on.");
    private static final Metric SILENCE =
            Metric.gauge("alluvium_train_silent_seconds", "seconds", "Time since the trainer was last heard of.");

    private static final StoreMetrics STORES = new StoreMetrics("train");

    private record Heard(Map<String, ?> fields, Instant at) {}

    private final InstantSource clock;
    private final ProcessFigures process;
    private final Map<String, Heard> newest = new ConcurrentHashMap<>();
    private final DoubleAdder computingMillis = new DoubleAdder();
    private final DoubleAdder waitingMillis = new DoubleAdder();
    private final LongAdder documents = new LongAdder();
    private final LongAdder tooOld = new LongAdder();
    private final Tallies spikes = new Tallies(SPIKES, "skipped", "rewound", "accepted");
    private final LongAdder alerts = new LongAdder();
    private volatile boolean waiting;

    /** @param run folder of the run */
    TrainerFigures(InstantSource clock, Path run) {
        this.clock = clock;
        this.process = process(run);
    }

    private static ProcessFigures process(Path run) {
        return new ProcessFigures("train", Optional.of(run));
    }

    /** All that a trainer tells. */
    public static List<Metric> metrics() {
        return Stream.of(
                        TrainMetrics.FIGURES.stream()
                                .map(TrainMetrics.Figure::metric)
                                .distinct(),
                        Stream.of(COMPUTING, WAITING_TIME, WAITING, DOCUMENTS, TOO_OLD, SPIKES, ALERTS, SILENCE),
                        process(Path.of("")).metrics().stream(),
                        STORES.metrics().stream())
                .flatMap(metrics -> metrics)
                .toList();
    }

    /** An event was emitted. */
    void heard(String type, Map<String, ?> fields) {
        newest.put(type, new Heard(fields, clock.instant()));
        switch (type) {
            case "step" -> {
                waiting = false;
                computingMillis.add(number(fields, "stepMillis"));
                waitingMillis.add(number(fields, "waitMillis"));
                tooOld.add((long) number(fields, "tooOld"));
            }
            case "waiting" -> waiting = true;
            case "freshness" -> documents.add((long) number(fields, "documents"));
            case "spike" -> spikes.add(String.valueOf(fields.get("action")));
            case "alert" -> alerts.increment();
            default -> {
                // All else is told as it is.
            }
        }
    }

    private static double number(Map<String, ?> fields, String name) {
        return fields.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    /** All of them as text. */
    String text(double silentSeconds) {
        MetricsPage page = new MetricsPage();
        List<Metric> begun = new ArrayList<>();
        for (TrainMetrics.Figure figure : TrainMetrics.FIGURES) {
            Optional.ofNullable(newest.get(figure.event()))
                    .flatMap(event -> figure.of(event.fields(), event.at()))
                    .ifPresent(value -> {
                        if (begun.isEmpty() || !begun.getLast().equals(figure.metric())) {
                            begun.add(figure.metric());
                            page.family(figure.metric());
                        }
                        page.value(figure.metric(), value, figure.labelValues().toArray(String[]::new));
                    });
        }
        page.single(COMPUTING, computingMillis.sum() / 1e3);
        page.single(WAITING_TIME, waitingMillis.sum() / 1e3);
        page.single(WAITING, waiting ? 1 : 0);
        page.single(DOCUMENTS, documents.sum());
        page.single(TOO_OLD, tooOld.sum());
        spikes.write(page);
        page.single(ALERTS, alerts.sum());
        page.single(SILENCE, silentSeconds);
        process.write(page);
        STORES.write(page);
        return page.text();
    }
}
