package org.alluvium.cli.trace;

import java.util.Optional;
import org.alluvium.dashboard.lineage.JournalSearch.Part;
import org.alluvium.dashboard.lineage.JournalSearch.Step;

/**
 * What holds one position of a step. A step is a tape of positions, cut into rows of T, as many as all of its micro-batches have
 * together; documents lie on it one after another, in the order of the journal. Row r and column p are position {@code r * T + p}.
 *
 * @param part that holds it
 * @param token of the document that is the input there
 */
public record TracedPiece(Part part, long token) {

    /** What holds a position, from 0; empty if it is padding, or behind the end. */
    public static Optional<TracedPiece> at(Step step, long position) {
        long begin = 0;
        for (Part part : step.documents()) {
            if (position < begin + part.tokens()) {
                return Optional.of(new TracedPiece(part, part.from() + position - begin));
            }
            begin += part.tokens();
        }
        return Optional.empty();
    }
}
