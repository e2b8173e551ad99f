package org.alluvium.bench.soak;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Feeds numbered documents through an outlet, on a thread of its own, as fast as its pace allows. */
final class Feeder {

    private static final int BATCH = 2_000;

    private final String feed;
    private final Outlet outlet;
    private final Pace pace;
    private final InstantSource clock;
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private final Thread thread;
    private final AtomicInteger offered = new AtomicInteger();
    private volatile boolean closing;

    Feeder(String feed, Outlet outlet, Pace pace, InstantSource clock) {
        this.feed = feed;
        this.outlet = outlet;
        this.pace = pace;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("feeder-" + feed).start(this::feed);
    }

    String feedName() {
        return feed;
    }

    /** Documents handed over; all of them for good once this has stopped. */
    long offered() {
        return offered.get();
    }

    /** Completes, with the reason, if it can't go on. */
    CompletableFuture<Void> failed() {
        return failed;
    }

    private void feed() {
        try (outlet) {
            while (!closing) {
                int from = offered.get();
                int to = from + BATCH;
                pace.await(feed, to, () -> closing);
                List<byte[]> batch = IntStream.range(from, to)
                        .mapToObj(number -> new SoakDocument(feed, number).json(clock.instant()))
                        .toList();
                outlet.offer(batch);
                offered.set(to);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed.completeExceptionally(e);
        } catch (RuntimeException e) {
            failed.completeExceptionally(e);
        }
    }

    /** Feeds no more, and returns once everything has been handed over. */
    void stop() throws InterruptedException {
        closing = true;
        pace.wake();
        thread.join();
    }
}
