package org.alluvium.dashboard.http;

/** What is answered at one address. */
@FunctionalInterface
interface Question {

    /**
     * The answer.
     *
     * @throws Refusal if the parameters do not allow for one
     */
    Reply answer(Query query) throws InterruptedException;
}
