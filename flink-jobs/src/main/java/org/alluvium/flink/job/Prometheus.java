package org.alluvium.flink.job;

import java.util.Optional;
import org.alluvium.contracts.config.MetricsConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.apache.flink.metrics.reporter.MetricReporter;

/** Flink's own reporter to Prometheus, as it is configured on a cluster too; what it says is in docs/metrics.md. */
final class Prometheus {

    private static final String PORT = "port";

    /** Names of sources and rules are to arrive as they are configured. */
    private static final String FILTER_LABELS = "filterLabelValueCharacters";

    private Prometheus() {}

    /**
     * Starts to answer if a port is configured.
     *
     * @throws UnavailableException if that port is taken
     */
    static Optional<MetricReporter> start(MetricsConfig config) {
        if (config.port() == 0) {
            return Optional.empty();
        }
        MetricConfig settings = new MetricConfig();
        settings.setProperty(PORT, Integer.toString(config.port()));
        settings.setProperty(FILTER_LABELS, Boolean.toString(false));
        try {
            MetricReporter reporter = new PrometheusReporterFactory().createMetricReporter(settings);
            reporter.open(settings);
            return Optional.of(reporter);
        } catch (RuntimeException e) { // it has no other way of saying that the port is taken
            throw new UnavailableException(
                    "ingest cannot answer Prometheus: " + e.getMessage(),
                    "port " + config.port(),
                    "Choose another ingest.metrics.port, 0 for none, or stop what has this one",
                    e);
        }
    }
}
