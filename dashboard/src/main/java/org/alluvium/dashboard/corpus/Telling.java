package org.alluvium.dashboard.corpus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.event.Event;

/** What the ingest process last said of itself in its events. Not thread-safe. */
final class Telling {

    /** A task says something every five minutes at least. */
    private static final Duration SILENCE = Duration.ofMinutes(6);

    private static final int MOST_ALERTS = 100;

    private final Map<String, Flow.Backlog> backlogs = new LinkedHashMap<>();
    private final Map<String, Flow.Task> tasks = new LinkedHashMap<>();
    private final Deque<Event> alerts = new ArrayDeque<>();

    /** Takes the next event. */
    void add(Event event) {
        switch (event.type()) {
            case "start", "restart" -> tasks.clear();
            case "lag" -> lag(event);
            case "task" -> tasks.put(event.text("task"), task(event));
            case "alert" -> alert(event);
            default -> {
                // The log says it better.
            }
        }
    }

    /** The gauges of a source of files; those of a topic say nothing of files. */
    private void lag(Event event) {
        if (event.fields().containsKey("pendingSplits")) {
            backlogs.put(
                    event.text("source"),
                    new Flow.Backlog(
                            Math.round(event.number("pendingSplits", 0)),
                            Math.round(event.number("pendingBytes", 0)),
                            Math.round(event.number("oldestPendingMillis", 0)),
                            event.number("paused", 0) > 0));
        }
    }

    private static Flow.Task task(Event event) {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        if (event.fields().get("recordsPerSecond") instanceof Map<?, ?> told) {
            told.forEach((operator, inAndOut) -> rates.put(String.valueOf(operator), numbers(inAndOut)));
        }
        return new Flow.Task(
                event.time().toEpochMilli(),
                event.text("task"),
                event.fields().get("stages") instanceof List<?> stages
                        ? stages.stream().map(String::valueOf).toList()
                        : List.of(),
                Math.round(event.number("subtasks", 1)),
                numbers(event.fields().get("busyMillis")),
                numbers(event.fields().get("backPressuredMillis")),
                numbers(event.fields().get("idleMillis")),
                rates);
    }

    private static List<Double> numbers(Object member) {
        return member instanceof List<?> list
                ? list.stream()
                        .filter(Number.class::isInstance)
                        .map(each -> ((Number) each).doubleValue())
                        .toList()
                : List.of();
    }

    private void alert(Event event) {
        alerts.addLast(event);
        if (alerts.size() > MOST_ALERTS) {
            alerts.removeFirst();
        }
    }

    Optional<Flow.Backlog> backlog(String source) {
        return Optional.ofNullable(backlogs.get(source));
    }

    /** Of the process that is at work, unless it has fallen silent. */
    List<Flow.Task> tasks(Instant now) {
        long since = now.minus(SILENCE).toEpochMilli();
        return tasks.values().stream().filter(task -> task.told() >= since).toList();
    }

    /** The newest, oldest first. */
    List<Event> alerts() {
        return List.copyOf(alerts);
    }
}
