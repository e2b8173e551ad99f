package org.alluvium.contracts.config;

import java.util.Optional;

/** The {@code train.monitor} section. */
public record MonitorConfig(
        @Key(
                doc =
                        "Address on which the trainer answers /metrics for Prometheus, /healthz and /readyz. What it tells are"
                                + " figures of the run, without its texts or settings, and to whoever asks; beyond loopback let"
                                + " the network decide who may.",
                byDefault = "127.0.0.1")
        String host,

        @Key(doc = "Port to listen on; 0 does not listen.", byDefault = "0", min = 0, max = 65535)
        int port,

        @Key(doc = "What https is answered with; without it, http is.", byDefault = "")
        Optional<TlsConfig> tls) {}
