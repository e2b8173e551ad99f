package org.alluvium.dashboard.alert;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.alluvium.contracts.config.AlertConfig;
import org.alluvium.contracts.config.NearestName;
import org.alluvium.dashboard.run.Marker;
import org.alluvium.dashboard.run.RunIndex;

/** What rules find in one run. Thread-safe: one thread looks on, any number ask. */
public final class RunAlerts {

    private final RunIndex run;
    private final List<AlertConfig> own;
    private final List<RuleWatch> watches;
    private volatile List<Marker> alerts = List.of();

    RunAlerts(RunIndex run, AlertSettings settings) {
        this.run = run;
        own = settings.rules();
        List<AlertConfig> standard = settings.standard() ? AlertSettings.standardRules() : List.of();
        watches = Stream.concat(standard.stream(), own.stream())
                .map(RuleWatch::new)
                .toList();
    }

    /** Looks at what has been read since the last time. */
    void lookOn() {
        watches.forEach(watch -> watch.lookOn(run));
        alerts = watches.stream()
                .flatMap(watch -> watch.alerts().stream())
                .sorted(Comparator.comparing(Marker::time))
                .toList();
    }

    /** Alerts in the order of their times; each has rule, level, series, message, and value where there is one. */
    public List<Marker> alerts() {
        return alerts;
    }

    /** Rules that watch what there is not, each in a sentence; none as long as no step was taken. */
    public List<String> problems() {
        if (own.isEmpty() || run.latest("step").isEmpty()) {
            return List.of();
        }
        List<String> series = run.series();
        return own.stream()
                .filter(rule -> !series.contains(rule.series()))
                .map(rule ->
                        "The rule '" + rule.name() + "' watches " + rule.series() + ", which this run does not have"
                                + NearestName.of(rule.series(), series)
                                        .map(nearest -> "; did you mean " + nearest + "?")
                                        .orElse(" so far."))
                .toList();
    }
}
