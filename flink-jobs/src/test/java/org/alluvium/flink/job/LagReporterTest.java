package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.alluvium.contracts.event.EventSink;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class LagReporterTest {

    private static final Map<String, String> OF_NEWS = Map.of("<source>", "news");

    private final List<Map<String, ?>> events = new ArrayList<>();
    private final LagReporter reporter = new LagReporter(new EventSink() {
        @Override
        public void emit(String type, Map<String, ?> fields) {
            assertThat(type).isEqualTo("lag");
            events.add(fields);
        }

        @Override
        public void close() {}
    });

    @Test
    void theGaugesOfASourceAreOneEventAndAreToldAgainWhenTheyChange() {
        AtomicLong bytes = new AtomicLong(10);
        add(bytes::get, "pendingBytes", OF_NEWS);
        add(() -> 2, "pendingFiles", OF_NEWS);
        add(() -> 3, "knownFiles", Map.of());
        add(() -> "words", "state", OF_NEWS);

        reporter.report();
        reporter.report();
        bytes.set(20);
        reporter.report();

        assertThat(events.toString())
                .isEqualTo("[{pendingBytes=10, pendingFiles=2, source=news}, "
                        + "{pendingBytes=20, pendingFiles=2, source=news}]");
    }

    @Test
    void countsOfSubtasksAddUpAndOfSharesTheLargestIsTold() {
        add(() -> 1L, "paused", OF_NEWS);
        add(() -> 1L, "paused", OF_NEWS);
        add(() -> 0.25, "failureShare", OF_NEWS);
        add(() -> 0.75, "failureShare", OF_NEWS);

        reporter.report();

        assertThat(events.toString()).isEqualTo("[{failureShare=0.75, paused=2, source=news}]");
    }

    @Test
    void whatIsRemovedIsNotToldAnyMore() {
        Gauge<Long> gone = add(() -> 1L, "pendingBytes", OF_NEWS);
        add(() -> 5L, "pendingBytes", Map.of("<source>", "other"));

        reporter.notifyOfRemovedMetric(gone, "pendingBytes", group(OF_NEWS));
        reporter.notifyOfAddedMetric(new SimpleCounter(), "records", group(OF_NEWS));
        reporter.report();

        assertThat(events.toString()).isEqualTo("[{pendingBytes=5, source=other}]");
    }

    private <T> Gauge<T> add(Gauge<T> gauge, String name, Map<String, String> variables) {
        reporter.notifyOfAddedMetric(gauge, name, group(variables));
        return gauge;
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
