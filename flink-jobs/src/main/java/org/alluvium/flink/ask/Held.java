package org.alluvium.flink.ask;

import org.alluvium.flink.types.Outcome;

/**
 * An outcome on its way to where the answers to its questions arrive.
 *
 * @param ticket number of the outcome among those of its asker that have questions; without meaning if it has none
 * @param questions how many answers there will be
 */
public record Held(Outcome outcome, long ticket, int questions) {

    /** An outcome that has nothing to ask. */
    public static Held free(Outcome outcome) {
        return new Held(outcome, -1, 0);
    }
}
