package org.alluvium.contracts.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.alluvium.contracts.config.CrossChecks.Report;

/** Whether rules for alerts can ever be met, and whether the webhook can be reached. */
final class DashboardChecks {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private DashboardChecks() {}

    static void run(DashboardConfig dashboard, Report report) {
        if (!dashboard.webhook().map(DashboardChecks::isUrl).orElse(true)) {
            report.problem(
                    "dashboard.webhook", "is no URL with a host", "a URL such as https://hooks.example.org/alluvium");
        }
        Set<String> names = new HashSet<>();
        List<AlertConfig> alerts = dashboard.alerts();
        for (int i = 0; i < alerts.size(); i++) {
            String key = "dashboard.alerts[" + i + "]";
            alert(key, alerts.get(i), report);
            if (!names.add(alerts.get(i).name())) {
                report.problem(
                        key + ".name",
                        "is '" + alerts.get(i).name() + "' as that of another rule",
                        "a name of its own for every rule");
            }
        }
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return SCHEMES.contains(uri.getScheme()) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void alert(String key, AlertConfig alert, Report report) {
        if (alert.name().isBlank()) {
            report.problem(key + ".name", "is empty", "a text that people recognize");
        }
        int slash = alert.series().indexOf('/');
        if (slash <= 0 || slash == alert.series().length() - 1) {
            report.problem(
                    key + ".series",
                    "is '" + alert.series() + "', which names no figure of an event",
                    "a type and a figure, such as step/loss");
        }
        boolean ofFigures = alert.above().isPresent() || alert.below().isPresent() || alert.notANumber();
        if (ofFigures == alert.absentFor().isPresent()) {
            report.problem(
                    key,
                    ofFigures ? "has absentFor beside conditions of figures" : "does not say when",
                    "above, below and notANumber, or absentFor alone");
        }
        alert.above()
                .filter(above -> alert.below().map(below -> below > above).orElse(false))
                .ifPresent(above -> report.problem(
                        key + ".below", "is more than above, so that every figure is an alert", "at most " + above));
    }
}
