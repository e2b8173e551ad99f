package org.alluvium.flink.job;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an orderly shutdown of the virtual machine (SIGTERM, SIGINT) wait until the run has been stopped and has put
 * everything away, but not for ever.
 */
final class ShutdownGuard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShutdownGuard.class);
    private static final long LONGEST_STOP_SECONDS = 30;

    private final CompletableFuture<Void> requested = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "ingest-shutdown");

    static ShutdownGuard install() {
        ShutdownGuard guard = new ShutdownGuard();
        Runtime.getRuntime().addShutdownHook(guard.hook);
        return guard;
    }

    /** Completes when the shutdown begins. */
    CompletableFuture<Void> requested() {
        return requested;
    }

    private void stopAndWait() {
        requested.complete(null);
        try {
            if (!closed.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Ingest did not stop within {} s; its newest checkpoint is kept", LONGEST_STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the shutdown go on, or takes the guard away if there is none. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            LOG.debug("Stopped by the shutdown of the virtual machine");
        }
    }
}
