package org.alluvium.cli.sweep;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.event.Event;

/**
 * How fast a run takes its steps, by the times of their events, and how long it and the runs after it will take at that pace.
 * Fed with the events of one process in their order; not thread-safe.
 */
final class Pace {

    private final long lastStep;
    private final long laterSteps;
    private Optional<Event> first = Optional.empty();
    private Optional<Event> newest = Optional.empty();

    /**
     * @param lastStep of the run
     * @param laterSteps that the runs after it will take
     */
    Pace(long lastStep, long laterSteps) {
        this.lastStep = lastStep;
        this.laterSteps = laterSteps;
    }

    void add(Event event) {
        if (event.type().equals("step")) {
            newest = Optional.of(event);
            if (first.isEmpty()) {
                first = newest;
            }
        }
    }

    /** A line for people, empty before the first step. */
    Optional<String> line() {
        return newest.map(event -> "step %s of %s, %s bits per byte, %s tokens/s%s"
                .formatted(
                        Units.count(step(event)),
                        Units.count(lastStep),
                        Units.decimal(event.number("bitsPerByte", Double.NaN), 3),
                        Units.rate(event.number("tokensPerSecond", 0)),
                        left().map(time -> "; all runs in about " + Units.duration(time))
                                .orElse("")));
    }

    /** Until all runs are done, if they all take their steps at this pace; empty before the second step. */
    Optional<Duration> left() {
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Instant from = first.orElseThrow().time();
        Instant to = newest.get().time();
        long taken = step(newest.get()) - step(first.orElseThrow());
        long left = lastStep - step(newest.get()) + laterSteps;
        return taken == 0
                ? Optional.empty()
                : Optional.of(Duration.between(from, to).multipliedBy(left).dividedBy(taken));
    }

    private static long step(Event event) {
        return (long) event.number("step", 0);
    }
}
