package org.alluvium.bench.dashboard;

/** How many events have been written, and how many of them somebody has heard of. Thread-safe. */
final class Tally {

    private long written;
    private long heard;
    private long last = Long.MAX_VALUE;

    synchronized void wrote(long events) {
        written = events;
        notifyAll();
    }

    synchronized void heardOf(long events) {
        heard = Math.max(heard, events);
        notifyAll();
    }

    /** No more than so many will be written; to be said before the last of them is. */
    synchronized void endAt(long events) {
        last = events;
        notifyAll();
    }

    synchronized long written() {
        return written;
    }

    synchronized long heard() {
        return heard;
    }

    /** Whether all that ever will be written is that much. */
    synchronized boolean isAll(long events) {
        return events == last;
    }

    /** Waits until so many are written, or no more will be. */
    synchronized void awaitWritten(long events) throws InterruptedException {
        while (written < Math.min(events, last)) {
            wait();
        }
    }

    /** Waits until somebody has heard of so many. */
    synchronized void awaitHeard(long events) throws InterruptedException {
        while (heard < events) {
            wait();
        }
    }
}
