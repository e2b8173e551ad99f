package org.alluvium.cli.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.alluvium.cli.view.DashboardSnapshot.Alerts;
import org.alluvium.contracts.event.Event;

/** The alerts of a process since it began. Fed with its events in the order of the file; not thread-safe. */
final class AlertProgress {

    private Optional<Event> newest = Optional.empty();
    private long count;

    void add(Event event) {
        switch (event.type()) {
            case "start" -> {
                newest = Optional.empty();
                count = 0;
            }
            case "alert" -> {
                newest = Optional.of(event);
                count++;
            }
            default -> {
                // nothing is wrong
            }
        }
    }

    /** Empty if there were none. */
    Optional<Alerts> snapshot(Instant now) {
        return newest.map(event ->
                new Alerts(count, event.text("what"), event.text("message"), Duration.between(event.time(), now)));
    }
}
