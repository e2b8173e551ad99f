package org.alluvium.dashboard.alert;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.alluvium.dashboard.run.Marker;
import org.alluvium.dashboard.run.RunIndex;

/**
 * Alerts of all runs. The webhook is told of those that arise after the first look, be they raised by a rule or written by the
 * trainer, an event {@code alert}, {@code spike} or {@code error}, or come from elsewhere. Thread-safe: one thread looks on, any number ask.
 */
public final class Alerts implements AutoCloseable {

    private static final List<String> WRITTEN = List.of("alert", "spike", "error");

    private final Function<RunIndex, List<Marker>> elsewhere;
    private final Map<String, Watched> runs = new LinkedHashMap<>();
    private final Optional<Webhook> webhook;

    /** A run, its alerts, and those of them that need not be told; null before the first look. */
    private static final class Watched {

        private final RunIndex run;
        private final RunAlerts alerts;
        private Set<String> known;
        private long looked = -1;

        Watched(RunIndex run, RunAlerts alerts) {
            this.run = run;
            this.alerts = alerts;
        }
    }

    /**
     * Watches runs.
     *
     * @param elsewhere what others warn of that concerns a run
     */
    public Alerts(
            Map<String, RunIndex> indexes,
            Function<RunIndex, List<Marker>> elsewhere,
            AlertSettings settings,
            InstantSource clock) {
        this.elsewhere = elsewhere;
        indexes.forEach((name, run) -> runs.put(name, new Watched(run, new RunAlerts(run, settings))));
        webhook = settings.webhook().map(address -> new Webhook(address, clock));
    }

    /** Looks at what has been read since the last time. */
    public void lookOn() {
        runs.forEach((name, watched) -> {
            long events = watched.run.events() + elsewhere.apply(watched.run).size();
            if (events != watched.looked) {
                watched.looked = events;
                watched.alerts.lookOn();
                webhook.ifPresent(hook -> tell(name, watched, hook));
            }
        });
    }

    private void tell(String name, Watched watched, Webhook hook) {
        boolean first = watched.known == null;
        Set<String> now = new HashSet<>();
        all(watched).forEach(alert -> {
            String identity = alert.type() + " " + alert.fields().get("rule") + " " + alert.time();
            now.add(identity);
            if (!first && !watched.known.contains(identity)) {
                hook.tell(body(name, alert));
            }
        });
        watched.known = now;
    }

    private Stream<Marker> all(Watched watched) {
        Stream<Marker> written = WRITTEN.stream().flatMap(type -> watched.run.markers(type).stream());
        return Stream.concat(of(watched.run).stream(), written);
    }

    private static Map<String, Object> body(String run, Marker alert) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("run", run);
        body.put("level", alert.type().equals("error") ? "critical" : "warning");
        body.putAll(alert.members());
        body.remove("documents"); // of a spike; they are in the events, and may be many
        return body;
    }

    /** Those of a run that rules found or others warned of. */
    public List<Marker> of(RunIndex run) {
        return Stream.concat(watched(run).alerts.alerts().stream(), elsewhere.apply(run).stream())
                .toList();
    }

    /** What is wrong with the rules for a run, or with the webhook, each in a sentence. */
    public List<String> problems(RunIndex run) {
        List<String> problems = new ArrayList<>(watched(run).alerts.problems());
        webhook.flatMap(Webhook::problem).ifPresent(problems::add);
        return problems;
    }

    private Watched watched(RunIndex run) {
        return runs.values().stream()
                .filter(watched -> watched.run == run)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        webhook.ifPresent(Webhook::close);
    }
}
