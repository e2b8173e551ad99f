package org.alluvium.cli.deploy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.alluvium.contracts.error.UnavailableException;

/** Asks a JobManager again and again until it has an answer: its interface has no other way to be told of something. */
final class Patience {

    private static final long LOOK_MILLIS = 200;

    private final Duration longest;

    Patience(Duration longest) {
        this.longest = longest;
    }

    /**
     * The first answer.
     *
     * @param what is waited for, as an error says it
     * @throws UnavailableException if there is none in time
     */
    <T> T await(String what, Supplier<Optional<T>> question) {
        long deadline = System.nanoTime() + longest.toNanos();
        Optional<T> answer = question.get();
        while (answer.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new UnavailableException(
                        "it took more than " + longest.toSeconds() + " s (cluster.patience)",
                        what,
                        "See 'alluvium jobs' and the logs of the cluster for what it is at");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnavailableException("interrupted", what, "The cluster goes on with what it was told", e);
            }
            answer = question.get();
        }
        return answer.get();
    }
}
