package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The {@code dashboard} section. */
public record DashboardConfig(
        @Key(doc = "Address to listen on; one that other machines reach requires a token.", byDefault = "127.0.0.1")
        String host,

        @Key(doc = "Port to listen on; 0 takes any that is free.", byDefault = "8480", min = 0, max = 65535)
        int port,

        @Key(
                doc = "File that holds the token that whoever looks has to show; without one, the environment variable"
                        + " ALLUVIUM_DASHBOARD_TOKEN is looked at.",
                byDefault = "")
        Optional<Path> tokenFile,

        @Key(doc = "What https is answered with; without it, http is.", byDefault = "")
        Optional<TlsConfig> tls,

        @Key(
                doc =
                        "URL that is told of every alert that arises while the dashboard runs, as a POST of JSON. It may hold a"
                                + " secret: no more than its host is ever shown.",
                byDefault = "")
        Optional<String> webhook,

        @Key(
                doc =
                        "Also watch for what is wrong in any run: a loss that is not a number, starvation, old documents, no"
                                + " checkpoint for long.",
                byDefault = "true")
        boolean standardAlerts,

        @Key(doc = "When to raise an alert.", byDefault = "[]")
        List<AlertConfig> alerts) {

    /** Every key as it is when nothing is configured. */
    public static final DashboardConfig DEFAULT = new DashboardConfig(
            "127.0.0.1", 8480, Optional.empty(), Optional.empty(), Optional.empty(), true, List.of());

    public DashboardConfig {
        alerts = List.copyOf(alerts);
    }
}
