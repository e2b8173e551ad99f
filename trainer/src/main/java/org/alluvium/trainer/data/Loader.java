package org.alluvium.trainer.data;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Prepares steps ahead of the trainer, on a thread of its own. The queue is bounded, so the loader sleeps when it is ahead
 * and the trainer sleeps when it is behind; what is in the queue, and in which order, depends on neither. One thread takes.
 */
public final class Loader implements AutoCloseable {

    private final TrainingOrder order;
    private final BlockingQueue<Loaded> ready;
    private final Thread thread;

    /** What a loader gives. */
    public sealed interface Loaded {}

    /** The next step's data. */
    public record Step(StepBatch batch) implements Loaded {}

    /** Every document of a corpus that has ended is in a step. */
    public record Complete() implements Loaded {}

    private record Failed(Throwable cause) implements Loaded {}

    /**
     * Begins to load.
     *
     * @param order closed with the loader
     * @param capacity steps that are prepared ahead at most
     */
    public Loader(TrainingOrder order, int capacity) {
        this.order = order;
        this.ready = new ArrayBlockingQueue<>(capacity);
        this.thread = Thread.ofPlatform().name("loader").daemon().start(this::load);
    }

    /**
     * The next item, waiting for it at most the given time; empty if there is none by then.
     *
     * @throws org.alluvium.contracts.error.AlluviumException if the corpus cannot be read on
     */
    public Optional<Loaded> poll(Duration timeout) throws InterruptedException {
        Loaded item = ready.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (item instanceof Failed failed) {
            switch (failed.cause()) {
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }
        return Optional.ofNullable(item);
    }

    /** Stops loading and closes the order. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // the order may only be closed once its thread has left it
            }
        }
        order.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void load() {
        try {
            Optional<StepBatch> batch = order.next();
            while (batch.isPresent()) {
                ready.put(new Step(batch.get()));
                batch = order.next();
            }
            ready.put(new Complete());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: nobody takes any more
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable cause) {
        try {
            ready.put(new Failed(cause));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: nobody asks any more
        }
    }
}
