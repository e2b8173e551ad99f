package org.alluvium.flink.ask;

import java.io.Serializable;
import java.util.SortedSet;
import org.alluvium.flink.types.Outcome;

/** Makes of an outcome what the answers to its questions say. */
@FunctionalInterface
public interface Settlement extends Serializable {

    /**
     * What becomes of the outcome.
     *
     * @param marks those of all answers together; empty also if the outcome had no questions
     */
    Outcome settle(Outcome outcome, SortedSet<Integer> marks);
}
