package org.alluvium.dashboard.alert;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.AlertConfig;
import org.alluvium.contracts.config.AlertConfig.Level;
import org.alluvium.contracts.config.DashboardConfig;

/**
 * What is watched for, and who is told.
 *
 * @param standard whether to watch for what is wrong in any run
 * @param rules that people wrote
 * @param webhook that is told of alerts as they arise
 */
public record AlertSettings(boolean standard, List<AlertConfig> rules, Optional<URI> webhook) {

    /** Where nothing is configured. */
    public static final AlertSettings DEFAULT = new AlertSettings(true, List.of(), Optional.empty());

    private static final double STARVING = 0.5;
    private static final int STARVING_STEPS = 20;
    private static final Duration OLD = Duration.ofHours(1);
    private static final int OLD_REPORTS = 3;
    private static final Duration LONG_WITHOUT_CHECKPOINT = Duration.ofHours(6);

    /** As configured. */
    public static AlertSettings of(DashboardConfig config) {
        return new AlertSettings(
                config.standardAlerts(), config.alerts(), config.webhook().map(URI::create));
    }

    /** What is wrong in any run. */
    static List<AlertConfig> standardRules() {
        Optional<Double> none = Optional.empty();
        return List.of(
                new AlertConfig(
                        "loss is not a number",
                        "step/loss",
                        none,
                        none,
                        true,
                        Optional.empty(),
                        1,
                        Duration.ZERO,
                        Level.CRITICAL),
                new AlertConfig(
                        "starving",
                        "step/waitShare",
                        Optional.of(STARVING),
                        none,
                        false,
                        Optional.empty(),
                        STARVING_STEPS,
                        Duration.ZERO,
                        Level.WARNING),
                new AlertConfig(
                        "old documents",
                        "freshness/ingestToStep/p99Millis",
                        Optional.of((double) OLD.toMillis()),
                        none,
                        false,
                        Optional.empty(),
                        OLD_REPORTS,
                        Duration.ZERO,
                        Level.WARNING),
                new AlertConfig(
                        "no checkpoint",
                        "checkpoint/bytes",
                        none,
                        none,
                        false,
                        Optional.of(LONG_WITHOUT_CHECKPOINT),
                        1,
                        Duration.ZERO,
                        Level.WARNING));
    }
}
