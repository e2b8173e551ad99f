package org.alluvium.cli.local;

import java.util.concurrent.CountDownLatch;

/**
 * Turns Ctrl-C and SIGTERM into an orderly end: the request is passed on, and the process stays until whoever got it has
 * closed this. The exit code is then the signal's, 130 or 143.
 */
public final class StopOnSignal implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);

    private StopOnSignal() {}

    /** From now on a signal runs the request, on a thread of its own. */
    public static StopOnSignal install(Runnable request) {
        StopOnSignal stop = new StopOnSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop.passOn(request), "stop-on-signal"));
        return stop;
    }

    private void passOn(Runnable request) {
        if (closed.getCount() == 0) {
            return;
        }
        request.run();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the process end. */
    @Override
    public void close() {
        closed.countDown();
    }
}
