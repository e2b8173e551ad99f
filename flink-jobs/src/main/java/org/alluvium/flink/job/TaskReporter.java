package org.alluvium.flink.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.alluvium.contracts.event.EventSink;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.Scheduled;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.flink.runtime.metrics.scope.ScopeFormat;

/**
 * Writes what the job's tasks are busy with as ingest events {@code task}, one of each task:
 *
 * <pre>
 * task                 operators that run as one, as Flink names them: Source: Read files -> Arrive -> Judge
 * stages               what they do, in their order: some of read, judge, dedup, tokenize, write, commit
 * subtasks             how many of them run
 * busyMillis, backPressuredMillis, idleMillis   of each second, in steps of ten: [mean of the subtasks, largest of them]
 * recordsPerSecond     by operator: [in, out], of all subtasks and over the last minute
 * </pre>
 *
 * These are Flink's own metrics {@code busyTimeMsPerSecond}, {@code numRecordsInPerSecond} and so on. A task is written when a
 * figure has moved much since it was last told, six reports later if one has moved at all, and after thirty in any case, so that
 * readers know how old what they know may be. With ten seconds between reports and some 300 bytes an event, a plain job of three
 * tasks writes 1.3 MB a day while anything flows and 0.3 MB while nothing does; one that swings without end would come to 8 MB.
 * Thread-safe, since Flink registers and reports from threads of its own.
 */
final class TaskReporter implements MetricReporter, Scheduled {

    private static final int SOON = 6;
    private static final int LATE = 30;

    private static final Map<String, String> TIMES = Map.of(
            MetricNames.TASK_BUSY_TIME, "busyMillis",
            MetricNames.TASK_BACK_PRESSURED_TIME, "backPressuredMillis",
            MetricNames.TASK_IDLE_TIME, "idleMillis");
    private static final List<String> RATES =
            List.of(MetricNames.IO_NUM_RECORDS_IN_RATE, MetricNames.IO_NUM_RECORDS_OUT_RATE);

    /** What a metric is one figure of: of a task's time by its name, or of an operator's rates by their place. */
    private record Place(String task, Optional<String> operator, String figure) {}

    private final EventSink events;
    private final Map<Metric, Place> metrics = new ConcurrentHashMap<>();

    // Used by the reporting thread only.
    private final Map<String, Told> told = new HashMap<>();

    /** What was last said of a task, and how many reports ago. */
    private record Told(TaskFigures figures, int ago) {}

    TaskReporter(EventSink events) {
        this.events = events;
    }

    @Override
    public void open(MetricConfig config) {
        // There is nothing to configure.
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        Map<String, String> variables = group.getAllVariables();
        String task = variables.get(ScopeFormat.SCOPE_TASK_NAME);
        Optional<String> operator = Optional.ofNullable(variables.get(ScopeFormat.SCOPE_OPERATOR_NAME));
        // Tasks have rates too, which are those of their ends; and splits of a source have times.
        boolean wanted = operator.isPresent() ? RATES.contains(name) : TIMES.containsKey(name);
        if (task != null && wanted) {
            metrics.put(metric, new Place(task, operator, name));
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        metrics.remove(metric);
    }

    @Override
    public void report() {
        List<TaskFigures> tasks = read();
        told.keySet().retainAll(tasks.stream().map(TaskFigures::task).toList());
        for (TaskFigures now : tasks) {
            Told before = told.get(now.task());
            if (before == null || isDue(now, before)) {
                events.emit("task", now.fields());
                told.put(now.task(), new Told(now, 0));
            } else {
                told.put(now.task(), new Told(before.figures(), before.ago() + 1));
            }
        }
    }

    private static boolean isDue(TaskFigures now, Told before) {
        int ago = before.ago() + 1;
        return now.farFrom(before.figures()) || (ago >= SOON && !now.equals(before.figures())) || ago >= LATE;
    }

    private List<TaskFigures> read() {
        Map<String, Reading> tasks = new TreeMap<>();
        metrics.forEach((metric, place) -> number(metric)
                .ifPresent(value -> tasks.computeIfAbsent(place.task(), task -> new Reading())
                        .add(place, value)));
        List<TaskFigures> figures = new ArrayList<>();
        tasks.forEach((task, reading) -> figures.add(reading.figures(task)));
        return figures;
    }

    /** The figures of a task as they are found, subtask by subtask. */
    private static final class Reading {

        private final Map<String, List<Double>> times = new TreeMap<>();
        private final Map<String, double[]> rates = new TreeMap<>();

        void add(Place place, double value) {
            if (place.operator().isEmpty()) {
                times.computeIfAbsent(TIMES.get(place.figure()), name -> new ArrayList<>())
                        .add(value);
            } else {
                double[] inAndOut = rates.computeIfAbsent(place.operator().get(), operator -> new double[RATES.size()]);
                inAndOut[RATES.indexOf(place.figure())] += value;
            }
        }

        TaskFigures figures(String task) {
            Map<String, List<Double>> millis = new TreeMap<>();
            times.forEach((name, values) -> millis.put(name, meanAndLargest(values)));
            Map<String, List<Double>> perSecond = new TreeMap<>();
            rates.forEach(
                    (operator, inAndOut) -> perSecond.put(operator, List.of(tenths(inAndOut[0]), tenths(inAndOut[1]))));
            int subtasks = times.values().stream().mapToInt(List::size).max().orElse(0);
            return new TaskFigures(task, subtasks, millis, perSecond);
        }

        private static List<Double> meanAndLargest(List<Double> values) {
            double sum = values.stream().mapToDouble(Double::doubleValue).sum();
            double largest =
                    values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            return List.of(tens(sum / values.size()), tens(largest));
        }

        private static double tens(double value) {
            return 10.0 * Math.round(value / 10);
        }

        private static double tenths(double value) {
            return Math.round(value * 10) / 10.0;
        }
    }

    /** Flink says NaN where it does not know. */
    private static OptionalDouble number(Metric metric) {
        double value = Double.NaN;
        if (metric instanceof Meter meter) {
            value = meter.getRate();
        } else if (metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number) {
            value = number.doubleValue();
        }
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    @Override
    public void close() {
        // The events belong to who gave them.
    }
}
