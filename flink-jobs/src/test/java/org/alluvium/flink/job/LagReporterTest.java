package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.alluvium.contracts.event.EventSink;
import org.alluvium.contracts.metrics.Metric;
import org.alluvium.flink.metric.IngestMetrics;
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
        add(bytes::get, IngestMetrics.PENDING_BYTES, OF_NEWS);
        add(() -> 2.5, IngestMetrics.OLDEST_PENDING, OF_NEWS);
        add(() -> 3, IngestMetrics.KNOWN_FILES, Map.of());
        add(() -> "words", IngestMetrics.PENDING_SPLITS, OF_NEWS);
        add(() -> 4, IngestMetrics.EVENT_TIME, OF_NEWS);

        reporter.report();
        reporter.report();
        bytes.set(20);
        reporter.report();

        assertThat(events.toString())
                .isEqualTo("[{oldestPendingMillis=2500, pendingBytes=10, source=news}, "
                        + "{oldestPendingMillis=2500, pendingBytes=20, source=news}]");
    }

    @Test
    void countsOfSubtasksAddUpAndOfSharesTheLargestIsTold() {
        add(() -> 1L, IngestMetrics.PAUSED, OF_NEWS);
        add(() -> 1L, IngestMetrics.PAUSED, OF_NEWS);
        add(() -> 0.25, IngestMetrics.REFUSED_RATIO, OF_NEWS);
        add(() -> 0.75, IngestMetrics.REFUSED_RATIO, OF_NEWS);

        reporter.report();

        assertThat(events.toString()).isEqualTo("[{failureShare=0.75, paused=2, source=news}]");
    }

    @Test
    void whatIsRemovedIsNotToldAnyMore() {
        Gauge<Long> gone = add(() -> 1L, IngestMetrics.PENDING_BYTES, OF_NEWS);
        add(() -> 5L, IngestMetrics.PENDING_BYTES, Map.of("<source>", "other"));

        reporter.notifyOfRemovedMetric(gone, IngestMetrics.PENDING_BYTES.name(), group(OF_NEWS));
        reporter.notifyOfAddedMetric(new SimpleCounter(), IngestMetrics.RECORDS.name(), group(OF_NEWS));
        reporter.report();

        assertThat(events.toString()).isEqualTo("[{pendingBytes=5, source=other}]");
    }

    private <T> Gauge<T> add(Gauge<T> gauge, Metric metric, Map<String, String> variables) {
        reporter.notifyOfAddedMetric(gauge, metric.name(), group(variables));
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
