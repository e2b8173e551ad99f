package org.alluvium.dashboard.run;

import org.alluvium.contracts.event.Event;

/** A line of a file of events. */
sealed interface Line {

    /**
     * Anything but a step.
     *
     * @param event what happened
     */
    record Happened(Event event) implements Line {}

    /**
     * A step was taken. A run has millions of them, so that a map of boxed numbers for each would cost more than all else.
     *
     * @param millis when it was written, in milliseconds since the epoch
     * @param row its numbers
     */
    record Stepped(long millis, Row row) implements Line {}
}
