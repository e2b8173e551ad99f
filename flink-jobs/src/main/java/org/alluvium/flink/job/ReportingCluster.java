package org.alluvium.flink.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.event.EventSink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.runtime.metrics.EventReporterSetup;
import org.apache.flink.runtime.metrics.MetricRegistryConfiguration;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.ReporterSetup;
import org.apache.flink.runtime.metrics.filter.ReporterFilter;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A cluster inside this process that reports to the ingest events, and to Prometheus where a port is configured. Flink would make
 * reporters itself, by name, where they could not be given what they write to.
 */
@SuppressWarnings("try") // closing waits, and may be interrupted
final class ReportingCluster extends MiniCluster {

    /** A line an interval and source for weeks must not amount to anything. */
    private static final Duration LAG_INTERVAL = Duration.ofSeconds(5);

    /** What it amounts to is said at {@link TaskReporter}. */
    private static final Duration TASK_INTERVAL = Duration.ofSeconds(10);

    private final EventSink events;

    private final Optional<MetricReporter> scraped;

    /**
     * A cluster that is not started yet.
     *
     * @param scraped what answers Prometheus
     */
    ReportingCluster(MiniClusterConfiguration configuration, EventSink events, Optional<MetricReporter> scraped) {
        super(configuration);
        this.events = events;
        this.scraped = scraped;
    }

    @Override
    protected MetricRegistryImpl createMetricRegistry(Configuration config, long maximumMessageSizeInBytes) {
        return new MetricRegistryImpl(
                MetricRegistryConfiguration.fromConfiguration(config, maximumMessageSizeInBytes),
                reporters(),
                List.of(),
                List.of(new EventReporterSetup(
                        "alerts",
                        new MetricConfig(),
                        new AlertReporter(events),
                        ReporterFilter.getNoOpFilter(),
                        Map.of())));
    }

    private List<ReporterSetup> reporters() {
        List<ReporterSetup> reporters = new ArrayList<>();
        reporters.add(every(LAG_INTERVAL, "lag", new LagReporter(events)));
        reporters.add(every(TASK_INTERVAL, "task", new TaskReporter(events)));
        scraped.ifPresent(reporter -> reporters.add(
                new ReporterSetup("prom", new MetricConfig(), reporter, ReporterFilter.getNoOpFilter(), Map.of())));
        return reporters;
    }

    private static ReporterSetup every(Duration interval, String name, MetricReporter reporter) {
        MetricConfig config = new MetricConfig();
        config.setProperty(MetricOptions.REPORTER_INTERVAL.key(), interval.toMillis() + " ms");
        return new ReporterSetup(name, config, reporter, ReporterFilter.getNoOpFilter(), Map.of());
    }
}
