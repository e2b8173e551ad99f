package org.alluvium.flink.ask;

import java.util.List;

/**
 * The answer to one question.
 *
 * @param asker subtask that has asked
 * @param ticket what {@link Held#ticket} says of the outcome that it concerns
 * @param marks what was found, in numbers whose meaning the question has settled; empty if there is nothing
 */
public record Answer(int asker, long ticket, List<Integer> marks) {
    public Answer {
        marks = List.copyOf(marks);
    }
}
