package org.alluvium.contracts.config;

/** The {@code ingest.metrics} section. */
public record MetricsConfig(
        @Key(
                doc =
                        "Port on which ingest answers /metrics for Prometheus where it runs in one process, by Flink's own reporter on"
                                + " all addresses of the machine; 0 does not listen. A Flink cluster is told in its own configuration.",
                byDefault = "0",
                min = 0,
                max = 65535)
        int port) {}
