package org.alluvium.contracts.store.s3;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.alluvium.contracts.metrics.Metric;
import org.alluvium.contracts.metrics.MetricsPage;
import org.alluvium.contracts.store.s3.StoreTraffic.Counts;

/** What a process has to do with object stores, as metrics. Thread-safe. */
public final class StoreMetrics {

    private static final String OPERATION = "operation";
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<Figure> figures;

    /** One metric and how it is told. */
    private record Figure(Metric metric, ToDoubleFunction<Counts> value) {}

    /** Takes the value of one metric for one operation. */
    @FunctionalInterface
    public interface Telling {

        void tell(Metric metric, String operation, Value value);
    }

    /** A value that changes. */
    @FunctionalInterface
    public interface Value {

        double now();
    }

    /** @param component of the metrics' names */
    public StoreMetrics(String component) {
        String store = "alluvium_" + component + "_store_";
        figures = List.of(
                new Figure(
                        counter(store + "operations_total", "operations", "Operations on object stores, by kind."),
                        of -> of.operations.sum()),
                new Figure(
                        counter(store + "errors_total", "errors", "Those that failed after all repetitions."),
                        of -> of.errors.sum()),
                new Figure(
                        counter(store + "requests_total", "requests", "Requests sent for them, and paid for."),
                        of -> of.requests.sum()),
                new Figure(
                        counter(store + "repetitions_total", "repetitions", "Those sent again."),
                        of -> of.repetitions.sum()),
                new Figure(
                        counter(
                                store + "answer_seconds_total",
                                "seconds",
                                "Time until their answers began, with repetitions and pauses."),
                        of -> of.nanos.sum() / NANOS_PER_SECOND),
                new Figure(
                        counter(store + "sent_bytes_total", "bytes", "Bytes of objects sent, with repetitions."),
                        of -> of.sentBytes.sum()),
                new Figure(
                        counter(store + "received_bytes_total", "bytes", "Bytes that answers announced."),
                        of -> of.receivedBytes.sum()));
    }

    private static Metric counter(String name, String unit, String help) {
        return Metric.counter(name, unit, help, OPERATION);
    }

    /** All of them. */
    public List<Metric> metrics() {
        return figures.stream().map(Figure::metric).toList();
    }

    /** Writes what this process has counted. */
    public void write(MetricsPage page) {
        for (Figure figure : figures) {
            page.family(figure.metric());
            for (String operation : StoreTraffic.OPERATIONS) {
                Counts counts = StoreTraffic.OF_PROCESS.of(operation);
                page.value(figure.metric(), figure.value().applyAsDouble(counts), operation);
            }
        }
    }

    /** Hands over each value of some traffic, to be asked later. */
    public void tell(StoreTraffic traffic, Telling telling) {
        for (Figure figure : figures) {
            for (String operation : StoreTraffic.OPERATIONS) {
                Counts counts = traffic.of(operation);
                telling.tell(figure.metric(), operation, () -> figure.value().applyAsDouble(counts));
            }
        }
    }
}
