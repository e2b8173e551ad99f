package org.alluvium.dashboard.run;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.store.ProcessLock;

/** What is to be seen of a run at a glance, as members of a JSON object. */
public final class RunOverview {

    private static final List<String> NEWEST =
            List.of("start", "step", "eval", "prequential", "freshness", "checkpoint", "probe");
    private static final int ALERTS = 20;

    /** Alerts of one type that are looked at. */
    private static final int LATELY = 1_000;

    private final RunIndex index;
    private final List<Marker> raised;

    /**
     * An overview.
     *
     * @param raised alerts beside those that the trainer wrote
     */
    public RunOverview(RunIndex index, List<Marker> raised) {
        this.index = index;
        this.raised = raised;
    }

    /** Whether somebody works on the run. */
    public enum State {
        /** No event has been written yet, and nobody is at work. */
        EMPTY,
        /** Steps are made. */
        RUNNING,
        /** A trainer is there, and waits for something. */
        WAITING,
        /** Nobody is at work, and the last word was not an error. */
        STOPPED,
        /** Nobody is at work, and the last word was an error. */
        FAILED
    }

    /** The members; times in ISO-8601. They are the same until something happens. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("revision", index.events());
        fields.put("state", state());
        fields.put("detail", detail());
        fields.put("lastEvent", index.lastEvent().map(Instant::toString).orElse(null));
        for (String type : NEWEST) {
            fields.put(type, index.latest(type).map(RunOverview::fields).orElse(null));
        }
        fields.put("alerts", alerts());
        return fields;
    }

    private State state() {
        if (ProcessLock.holder(index.run().lock()).isPresent()) {
            return index.latest("waiting").isPresent() ? State.WAITING : State.RUNNING;
        }
        if (index.events() == 0) {
            return State.EMPTY;
        }
        return index.latest("error").isPresent() ? State.FAILED : State.STOPPED;
    }

    private String detail() {
        Optional<Event> error = index.latest("error");
        return error.map(event -> event.text("message"))
                .or(() -> index.latest("waiting").map(event -> event.text("reason")))
                .or(() -> index.latest("stop").map(event -> event.text("reason")))
                .orElse("");
    }

    /** The newest of each kind, with how many times there was one lately: what happens again and again hides nothing else. */
    private List<Map<String, Object>> alerts() {
        Stream<Marker> written = Stream.of("alert", "spike", "error")
                .flatMap(type -> index.markers(type).reversed().stream().limit(LATELY));
        Map<String, List<Marker>> kinds = Stream.concat(raised.stream(), written)
                .sorted(Comparator.comparing(Marker::time).reversed())
                .collect(Collectors.groupingBy(RunOverview::kind, LinkedHashMap::new, Collectors.toList()));
        return kinds.values().stream().limit(ALERTS).map(RunOverview::newest).toList();
    }

    private static String kind(Marker alert) {
        Object what = alert.fields().containsKey("rule")
                ? alert.fields().get("rule")
                : alert.fields().getOrDefault("message", alert.time());
        return alert.type() + " " + what;
    }

    private static Map<String, Object> newest(List<Marker> ofOneKind) {
        Map<String, Object> members = ofOneKind.getFirst().members();
        members.put("times", ofOneKind.size());
        return members;
    }

    private static Map<String, Object> fields(Event event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", event.time().toString());
        fields.putAll(event.fields());
        return fields;
    }
}
