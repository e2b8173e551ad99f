package org.alluvium.dashboard.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.alluvium.contracts.error.StorageException;

/**
 * Reads the lines of a file that {@link org.alluvium.contracts.event.JsonlEventSink} writes, whatever its length: never more
 * than a few blocks are in memory. Blocks to come are parsed by other cores while the caller uses the one before. A last line
 * without its line feed is left for later. If the file has become shorter than what was read, it is a new one. For one thread.
 */
final class EventLines {

    private static final int BLOCKS = 8;

    private final Path file;
    private final Deque<EventBlock> free = new ArrayDeque<>();
    private final Deque<Reading> ahead = new ArrayDeque<>();
    private long offset;
    private long offsetAhead;

    /** A block whose lines are being read. */
    private record Reading(EventBlock block, int length, CompletableFuture<List<Line>> lines) {}

    EventLines(Path file) {
        this.file = file;
        Stream.generate(() -> new EventBlock(file)).limit(BLOCKS).forEach(free::add);
    }

    /** Whether the file is shorter than what was read of it, so that it has to be read anew from its begin. */
    boolean replaced() {
        try {
            return offsetAhead > 0 && (Files.notExists(file) || Files.size(file) < offsetAhead);
        } catch (IOException e) {
            throw StorageException.of("read the events", file, e);
        }
    }

    /**
     * What the next lines say, in their order; empty if there are none yet.
     */
    List<Line> read() {
        if (ahead.size() < BLOCKS / 2 && Files.exists(file)) {
            readAhead();
        }
        if (ahead.isEmpty()) {
            return List.of();
        }
        Reading oldest = ahead.removeFirst();
        try {
            List<Line> lines = oldest.lines().join();
            offset += oldest.length();
            return lines;
        } catch (CompletionException e) {
            forgetAhead();
            throw e;
        } finally {
            free.add(oldest.block());
        }
    }

    /** Begins to read as many blocks as are free. */
    private void readAhead() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (!free.isEmpty()) {
                EventBlock block = free.getFirst();
                int length = block.fill(channel, offsetAhead);
                if (length == 0) {
                    return;
                }
                free.removeFirst();
                ahead.add(new Reading(
                        block, length, CompletableFuture.supplyAsync(block::lines, Thread::startVirtualThread)));
                offsetAhead += length;
            }
        } catch (IOException e) {
            throw StorageException.of("read the events", file, e);
        }
    }

    /** Leaves what was read ahead to be read again. */
    private void forgetAhead() {
        for (Reading reading : ahead) {
            reading.lines().handle((lines, problem) -> lines).join(); // nobody is to use the block any more
            free.add(reading.block());
        }
        ahead.clear();
        offsetAhead = offset;
    }
}
