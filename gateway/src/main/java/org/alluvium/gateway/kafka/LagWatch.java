package org.alluvium.gateway.kafka;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the lag of ingest at any moment: it is measured every second, and grows by what is sent between two measurements.
 * Thread-safe.
 */
final class LagWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LagWatch.class);
    private static final long LOOK_MILLIS = 1_000;

    private final Admin admin;
    private final ConsumerLag consumer;
    private final AtomicLong records = new AtomicLong();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("kafka-lag").daemon().factory());
    private volatile boolean known = true;

    private LagWatch(Admin admin, ConsumerLag consumer) {
        this.admin = admin;
        this.consumer = consumer;
    }

    /** Begins to watch; the client is closed with the watch. */
    static LagWatch start(Admin admin, String topic, String group) {
        LagWatch watch = new LagWatch(admin, new ConsumerLag(admin, topic, group));
        Future<?> _ = watch.looks.scheduleWithFixedDelay(watch::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Records that ingest has yet to read. */
    long records() {
        return records.get();
    }

    /** Whether the brokers answered when they were last asked. */
    boolean known() {
        return known;
    }

    /** Counts what has just been sent. */
    void sent(long count) {
        records.addAndGet(count);
    }

    /** Keeps what is known where the brokers do not answer: sending will fail then, and say so. */
    private void look() {
        try {
            records.set(consumer.measure());
            known = true;
        } catch (ExecutionException e) {
            if (known) {
                LOG.warn(
                        "How far ingest is behind cannot be measured now: {}",
                        e.getCause().getMessage());
            }
            known = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException defect) {
            LOG.error("The lag could not be measured, a defect of Alluvium", defect);
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        admin.close();
    }
}
