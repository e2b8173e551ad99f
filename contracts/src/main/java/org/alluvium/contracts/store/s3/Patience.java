package org.alluvium.contracts.store.s3;

import java.time.Duration;

/**
 * How long a service is waited for before an operation fails.
 *
 * @param connect longest wait for a connection
 * @param silence longest wait for the next byte of an answer
 * @param attempt longest time that one request may take until its answer begins, the sending of up to {@link
 *     S3ObjectStore#PART_BYTES} with it
 * @param attempts how often a request is sent at most, if its answer is lost, or is that the service cannot serve it now
 * @param firstPause longest pause before the second attempt; it doubles with each, and is drawn at random up to that
 * @param longestPause what the pause does not grow beyond
 */
record Patience(
        Duration connect,
        Duration silence,
        Duration attempt,
        int attempts,
        Duration firstPause,
        Duration longestPause) {

    /** An outage of about half a minute is sat out; of a longer one the caller is told. */
    static final Patience DEFAULT = new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(90),
            9,
            Duration.ofMillis(100),
            Duration.ofSeconds(10));
}
