package org.alluvium.cli.local;

import java.util.concurrent.CountDownLatch;

/**
 * Turns Ctrl-C and SIGTERM into an orderly end: the request is passed on, and the process stays until whoever got it has
 * closed this. The exit code is then the signal's, 130 or 143. Thread-safe.
 */
public final class StopOnSignal implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);
    private Runnable request;
    private boolean signalled;

    private StopOnSignal() {}

    /** Until {@link #passTo} is called, there is nothing to stop in order, and a signal just ends the process. */
    public static StopOnSignal install() {
        StopOnSignal stop = new StopOnSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(stop::passOn, "stop-on-signal"));
        return stop;
    }

    /** From now on a signal runs the request, on a thread of its own; one that has come already does so at once. */
    public synchronized void passTo(Runnable newRequest) {
        request = newRequest;
        if (signalled) {
            newRequest.run();
        }
    }

    private void passOn() {
        if (requestIfAny()) {
            awaitClosed();
        }
    }

    private synchronized boolean requestIfAny() {
        signalled = true;
        if (request == null || closed.getCount() == 0) {
            return false;
        }
        request.run();
        return true;
    }

    private void awaitClosed() {
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
