package org.alluvium.contracts.store;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The watch on a store that tells nobody what arrives: it waits for as long as it is asked to, or until it is closed. */
public final class PollWatch implements ArrivalWatch {

    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public boolean await(Duration atMost) throws InterruptedException {
        return !closed.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
