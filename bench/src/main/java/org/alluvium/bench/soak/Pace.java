package org.alluvium.bench.soak;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** When the next documents may be fed. */
interface Pace {

    /** Waits until the documents of a feed may be fed up to the given count, or the feed has ended. */
    void await(String feed, long count, BooleanSupplier ended) throws InterruptedException;

    /** Lets those who wait look whether their feed has ended. */
    void wake();

    /** As fast as ingest can: no more than so many documents of a feed are on their way. */
    record Backlog(Ledger ledger, long most) implements Pace {

        @Override
        public void await(String feed, long count, BooleanSupplier ended) throws InterruptedException {
            ledger.await(feed, count - most, ended);
        }

        @Override
        public void wake() {
            ledger.tell();
        }
    }

    /** So many documents a second, since the given {@link System#nanoTime}. */
    record Rate(double perSecond, long since) implements Pace {

        @Override
        public void await(String feed, long count, BooleanSupplier ended) throws InterruptedException {
            long due = since + (long) (count / perSecond * TimeUnit.SECONDS.toNanos(1));
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        }

        @Override
        public void wake() {
            // nobody waits for longer than a batch takes
        }
    }
}
