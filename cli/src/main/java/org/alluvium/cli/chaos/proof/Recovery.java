package org.alluvium.cli.chaos.proof;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.alluvium.cli.chaos.plan.Fault;

/**
 * A fault that struck, and how long it took until all was well.
 *
 * @param atSeconds when it struck, since the first could have
 * @param commitSeconds from the moment it struck to the first commit of documents after it was over; absent for what ingest does
 *     not need, and if there was none
 * @param stepSeconds the same to the first step that was never taken before
 * @param answerSeconds the same to the dashboard's first answer
 * @param complaints what was not as it should have been; empty if all was
 */
public record Recovery(
        Fault fault,
        double atSeconds,
        OptionalDouble commitSeconds,
        OptionalDouble stepSeconds,
        OptionalDouble answerSeconds,
        List<String> complaints) {

    public Recovery {
        complaints = List.copyOf(complaints);
    }

    /** Until everything that is measured of it was well. */
    public OptionalDouble seconds() {
        return Stream.of(commitSeconds, stepSeconds, answerSeconds)
                .flatMapToDouble(OptionalDouble::stream)
                .max();
    }
}
