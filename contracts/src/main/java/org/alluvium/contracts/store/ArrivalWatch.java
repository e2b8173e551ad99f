package org.alluvium.contracts.store;

import java.io.IOException;
import java.time.Duration;

/** What lets a reader sleep until something may have arrived. A hint and no more: whoever waits looks for himself. */
public interface ArrivalWatch extends AutoCloseable {

    /**
     * Waits until something has arrived since the last call, as far as that is noticed, at most for the given time.
     *
     * @return false once the watch is closed
     */
    boolean await(Duration atMost) throws InterruptedException;

    /** Wakes whoever waits. */
    @Override
    void close() throws IOException;
}
