package org.alluvium.dashboard.run;

import org.alluvium.contracts.event.Event;

/** What lines of a file of events say. */
sealed interface Line {

    /**
     * Anything but a step.
     *
     * @param event what happened
     */
    record Happened(Event event) implements Line {}

    /**
     * Steps were taken, at least one.
     *
     * @param rows their figures
     */
    record Stepped(StepRows rows) implements Line {}

    /**
     * A line that is no event. It is passed over: reports are all that it could have been.
     *
     * @param place file and byte at which it begins
     */
    record Unreadable(String place) implements Line {}
}
