package org.alluvium.cli.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.alluvium.cli.view.DashboardSnapshot.Guard;
import org.alluvium.cli.view.DashboardSnapshot.LeftOutDocument;
import org.alluvium.cli.view.DashboardSnapshot.Spike;
import org.alluvium.contracts.event.Event;

/**
 * What the guard of a training run has done. Of steps that were taken again, after a kill or because the run went back, the
 * last time counts. A document that was left out stays so. Fed with the run's events in the order of the file; not
 * thread-safe.
 */
final class GuardProgress {

    private static final String SKIPPED = "skipped";
    private static final String REWOUND = "rewound";
    private static final String ACCEPTED = "accepted";

    private final NavigableMap<Long, String> actions = new TreeMap<>();
    private final Map<String, LeftOutDocument> leftOut = new LinkedHashMap<>();
    private Optional<Spike> newest = Optional.empty();
    private int rewinds;

    void add(Event event) {
        switch (event.type()) {
            case "step" -> actions.tailMap(step(event), true).clear();
            case "spike" -> spike(event);
            default -> {
                // nothing the guard did
            }
        }
    }

    private void spike(Event event) {
        String action = event.text("action");
        long toStep = whole(event.number("toStep", 0));
        actions.put(step(event), action);
        newest = Optional.of(new Spike(step(event), action, toStep, event.text("reason")));
        if (action.equals(REWOUND)) {
            rewinds++;
            documents(event, toStep + 1);
        }
    }

    private void documents(Event event, long fromStep) {
        if (event.fields().get("documents") instanceof List<?> documents) {
            for (Object document : documents) {
                if (document instanceof Map<?, ?> fields) {
                    leftOut.putIfAbsent(text(fields, "contentHash"), document(fields, fromStep));
                }
            }
        }
    }

    private static LeftOutDocument document(Map<?, ?> fields, long fromStep) {
        return new LeftOutDocument(
                text(fields, "source"),
                text(fields, "origin"),
                text(fields, "id"),
                fromStep,
                fields.get("lossPerToken") instanceof Number loss ? loss.doubleValue() : Double.NaN);
    }

    private static String text(Map<?, ?> fields, String name) {
        Object value = fields.get(name);
        return value == null ? "" : value.toString();
    }

    private static long step(Event event) {
        return whole(event.number("step", 0));
    }

    private static long whole(double number) {
        return Math.round(number);
    }

    Guard snapshot() {
        return new Guard(count(SKIPPED), count(ACCEPTED), rewinds, List.copyOf(leftOut.values()), newest);
    }

    private long count(String action) {
        return actions.values().stream().filter(action::equals).count();
    }
}
