package org.alluvium.contracts.config;

import java.time.Duration;

/** The {@code train.freshness} group. */
public record FreshnessConfig(
        @Key(
                doc =
                        "Documents that were published longer than this before their entry of the log was committed are passed over,"
                                + " and counted in the step's event; 0s is any age. It cannot change within a run.",
                byDefault = "0s",
                min = 0)
        Duration maxAge) {}
