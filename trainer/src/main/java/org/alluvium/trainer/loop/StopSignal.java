package org.alluvium.trainer.loop;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks a run to stop after the step it is in. The run says when it is done, so that whoever asked can wait for its last
 * checkpoint. Thread-safe.
 */
public final class StopSignal {

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Asks; asking twice is asking once. */
    public void request() {
        requested.countDown();
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits until somebody asks; false if nobody does in that time. */
    boolean awaitRequest(Duration atMost) throws InterruptedException {
        return requested.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
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
