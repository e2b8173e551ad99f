package org.alluvium.trainer.backend.choice;

/** Whether a backend works in this process. Reasons are clauses for people, without a full stop. */
public sealed interface Availability {

    /** It works, and {@code auto} may take it. */
    record Fast() implements Availability {}

    /**
     * It works for those who ask for it; {@code auto} does not take it.
     *
     * @param reason why not
     */
    record OnRequest(String reason) implements Availability {}

    /**
     * It does not work.
     *
     * @param reason what is missing
     * @param todo a sentence that says how to come by it
     */
    record Missing(String reason, String todo) implements Availability {}
}
