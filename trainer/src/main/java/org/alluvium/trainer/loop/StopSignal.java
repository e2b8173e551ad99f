package org.alluvium.trainer.loop;

import java.util.concurrent.CountDownLatch;

/**
 * Asks a run to stop after the step it is in. The run says when it is done, so that whoever asked can wait for its last
 * checkpoint. Thread-safe.
 */
public final class StopSignal {

    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean requested;

    /** Asks; asking twice is asking once. */
    public void request() {
        requested = true;
    }

    public boolean isRequested() {
        return requested;
    }

    /** Says that everything is written and nothing will be any more. */
    public void markStopped() {
        stopped.countDown();
    }

    /** Waits until the run is done. */
    public void awaitStopped() throws InterruptedException {
        stopped.await();
    }
}
