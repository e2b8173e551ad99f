package org.alluvium.bench.soak;

import java.util.List;

/** A way by which documents reach ingest. For one thread. */
interface Outlet extends AutoCloseable {

    /**
     * Hands documents over, in order. They may still be on their way when this returns, but none gets lost.
     *
     * @param documents objects of JSON, without line ends
     * @throws IllegalStateException if that has failed, now or since the last call
     */
    void offer(List<byte[]> documents);

    /** Returns once everything has been handed over. */
    @Override
    void close();
}
