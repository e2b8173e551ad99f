package org.alluvium.cli.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.event.EventReader;

/** Looks at the new events of a run once a second, from a thread of its own, and tells how it is going. */
final class RunWatch implements AutoCloseable {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("watch").daemon().factory());
    private final EventReader events;
    private final Pace pace;
    private final Consumer<String> out;
    private final ScheduledFuture<?> looking;

    private RunWatch(EventReader events, Pace pace, Consumer<String> out) {
        this.events = events;
        this.pace = pace;
        this.out = out;
        this.looking = thread.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Begins with what is written from now on.
     *
     * @param out takes a line after every look that found a step; used by the watching thread
     */
    static RunWatch start(Path events, Pace pace, Consumer<String> out) {
        return new RunWatch(new EventReader(events, size(events)), pace, out);
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw StorageException.of("read the events", file, e);
        }
    }

    private void look() {
        try {
            events.poll().forEach(pace::add);
            pace.line().ifPresent(out);
        } catch (AlluviumException e) {
            out.accept("the run goes on; how far it is cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
        thread.close();
    }
}
