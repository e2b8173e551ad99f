package org.alluvium.bench.protocol;

import java.util.List;
import java.util.Optional;

/**
 * What may happen, and what must hold.
 *
 * @param <S> a state: immutable, with {@code equals} and {@code hashCode}
 */
public interface Model<S> {

    /** Where everything begins. */
    S initial();

    /** Everything that may happen next, in an order that is always the same. */
    List<Step<S>> steps(S state);

    /** What does not hold in a state; empty if all is well. */
    Optional<Violation> violation(S state);

    /** Whether everything is done that there was to do. */
    boolean isDone(S state);

    /**
     * One thing that may happen.
     *
     * @param words for people, one line
     * @param to the state after it
     * @param isFault whether it is something that goes wrong: without more of these everything must come to its end
     */
    record Step<S>(String words, S to, boolean isFault) {}

    /**
     * What does not hold.
     *
     * @param invariant that is violated
     * @param words what is there instead
     */
    record Violation(Invariant invariant, String words) {}
}
