package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.alluvium.contracts.event.EventSink;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class TaskReporterTest {

    private static final String READ = "Source: Read files -> Arrive -> Judge";
    private static final String WRITE = "Deduplicate -> Mix -> Tokenize -> Write shards -> Commit to the log";

    private final List<Map<String, ?>> events = new ArrayList<>();
    private final TaskReporter reporter = new TaskReporter(new EventSink() {
        @Override
        public void emit(String type, Map<String, ?> fields) {
            assertThat(type).isEqualTo("task");
            events.add(fields);
        }

        @Override
        public void close() {}
    });

    @Test
    void aTaskIsToldWithTheMeanAndTheLargestOfItsSubtasks() {
        time(() -> 104L, "busyTimeMsPerSecond", READ);
        time(() -> 302L, "busyTimeMsPerSecond", READ);
        time(() -> 896.0, "idleTimeMsPerSecond", READ);
        time(() -> 698.0, "idleTimeMsPerSecond", READ);
        rate(10, "numRecordsInPerSecond", "Judge");
        rate(20.04, "numRecordsInPerSecond", "Judge");
        rate(9, "numRecordsOutPerSecond", "Judge");

        reporter.report();

        assertThat(events).hasSize(1);
        assertThat(new TreeMap<>(events.get(0)))
                .hasToString("{busyMillis=[200, 300], idleMillis=[800, 900], recordsPerSecond={Judge=[30.0, 9.0]}, "
                        + "stages=[read, judge], subtasks=2, task=" + READ + "}");
    }

    @Test
    void stagesAreSaidInOurTermsAndInTheirOrder() {
        time(() -> 1L, "busyTimeMsPerSecond", WRITE);

        reporter.report();

        assertThat(events.get(0).get("stages")).hasToString("[dedup, tokenize, write, commit]");
    }

    @Test
    void whatMovesMuchIsToldAtOnceAndWhatMovesLittleLater() {
        AtomicLong busy = new AtomicLong(500);
        time(busy::get, "busyTimeMsPerSecond", READ);
        reporter.report();

        busy.set(600);
        reporter.report();
        assertThat(events).hasSize(2);

        busy.set(650);
        reports(5);
        assertThat(events).hasSize(2);
        reporter.report();
        assertThat(events).hasSize(3);
    }

    @Test
    void whatDoesNotMoveIsToldRarely() {
        time(() -> 1000L, "idleTimeMsPerSecond", READ);

        reports(30);
        assertThat(events).hasSize(1);
        reporter.report();
        assertThat(events).hasSize(2);
    }

    @Test
    void whatIsRemovedOrUnknownOrOfNoTaskIsNotTold() {
        Gauge<Long> gone = time(() -> 1L, "busyTimeMsPerSecond", READ);
        reporter.notifyOfRemovedMetric(gone, "busyTimeMsPerSecond", group(Map.of()));
        time(() -> Double.NaN, "busyTimeMsPerSecond", WRITE);
        reporter.notifyOfAddedMetric((Gauge<Long>) () -> 1L, "busyTimeMsPerSecond", group(Map.of()));

        reporter.report();

        assertThat(events).isEmpty();
    }

    private void reports(int times) {
        for (int i = 0; i < times; i++) {
            reporter.report();
        }
    }

    private <T> Gauge<T> time(Gauge<T> gauge, String name, String task) {
        reporter.notifyOfAddedMetric(gauge, name, group(Map.of("<task_name>", task)));
        return gauge;
    }

    private void rate(double perSecond, String name, String operator) {
        Metric meter = new Meter() {
            @Override
            public void markEvent() {}

            @Override
            public void markEvent(long n) {}

            @Override
            public double getRate() {
                return perSecond;
            }

            @Override
            public long getCount() {
                return 0;
            }
        };
        reporter.notifyOfAddedMetric(meter, name, group(Map.of("<task_name>", READ, "<operator_name>", operator)));
    }

    private static MetricGroup group(Map<String, String> variables) {
        return new UnregisteredMetricsGroup() {
            @Override
            public Map<String, String> getAllVariables() {
                return variables;
            }
        };
    }
}
