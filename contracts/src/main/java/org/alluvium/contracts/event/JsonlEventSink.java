package org.alluvium.contracts.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.store.WholeLines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends events to a file, one JSON object a line: {@code time} (ISO-8601, UTC), {@code type}, then the event's fields
 * in their order. Numbers that JSON cannot write stand as the strings {@code "NaN"}, {@code "Infinity"} and
 * {@code "-Infinity"}. The file is only ever appended to; what a killed process left of its last line is cut off when
 * the file is opened again.
 *
 * <p>The caller's part ends with the line in memory; one thread of the sink writes. If storage fails, that is logged once
 * and lines are kept, up to {@link #LONGEST_QUEUE}, until it works again; beyond that new ones are dropped and counted
 * in an event {@code dropped} with the field {@code events}. A full disk thus never stops a training run by its reports.
 * One process at a time may write a file, for which {@link org.alluvium.contracts.store.ProcessLock} is there.
 */
public final class JsonlEventSink implements EventSink {

    /** Lines that wait in memory for storage at most. */
    public static final int LONGEST_QUEUE = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(JsonlEventSink.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final InstantSource clock;
    private final FileChannel channel;
    private final Thread writer;

    // Guarded by the monitor of the queue.
    private final Queue<String> queue = new ArrayDeque<>();
    private boolean news;
    private boolean closed;
    private long dropped;

    // Owned by the writer thread.
    private boolean failing;

    /**
     * Opens the file for appending, creating it and its folder if needed.
     *
     * @throws StorageException if that is not possible
     */
    public JsonlEventSink(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            channel.truncate(WholeLines.length(channel));
        } catch (IOException e) {
            throw StorageException.of("open the event file", file, e);
        }
        writer = new Thread(this::writeUntilClosed, "events " + file.getFileName());
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void emit(String type, Map<String, ?> fields) {
        String line = line(type, fields);
        synchronized (queue) {
            if (closed) {
                throw new IllegalStateException("event '" + type + "' after the sink was closed");
            }
            if (queue.size() < LONGEST_QUEUE) {
                add(line);
            } else {
                dropped++;
            }
        }
    }

    private void add(String line) {
        queue.add(line);
        news = true;
        queue.notifyAll();
    }

    private String line(String type, Map<String, ?> fields) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("time", clock.instant().toString());
        event.put("type", type);
        event.putAll(fields);
        try {
            return JSON.writeValueAsString(event) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("event '" + type + "' has a value that JSON does not know", e);
        }
    }

    @Override
    public void close() {
        synchronized (queue) {
            closed = true;
            queue.notifyAll();
        }
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true; // the last events are worth the wait
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilClosed() {
        try (channel) {
            boolean open = true;
            while (open) {
                open = awaitNews();
                List<String> lines = waiting();
                if (write(lines)) {
                    forget(lines.size());
                }
            }
            if (!waiting().isEmpty()) {
                LOG.error(
                        "{}: the last {} events could not be written and are lost",
                        file,
                        waiting().size());
            }
            channel.force(true);
        } catch (IOException e) {
            LOG.error("{}: the last events may be lost: {}", file, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a line that has not been tried yet; false once the sink is closed and has none. */
    private boolean awaitNews() throws InterruptedException {
        synchronized (queue) {
            while (!news && !closed) {
                queue.wait();
            }
            boolean anything = news;
            news = false;
            return anything;
        }
    }

    private List<String> waiting() {
        synchronized (queue) {
            return new ArrayList<>(queue);
        }
    }

    private void forget(int written) {
        synchronized (queue) {
            for (int i = 0; i < written; i++) {
                queue.remove();
            }
            if (dropped > 0) {
                add(line("dropped", Map.of("events", dropped)));
                dropped = 0;
            }
        }
    }

    /** Writes all lines or none; after an error the next line that is emitted causes the next try. */
    private boolean write(List<String> lines) throws IOException {
        long end = channel.size();
        try {
            ByteBuffer buffer = ByteBuffer.wrap(String.join("", lines).getBytes(StandardCharsets.UTF_8));
            for (long at = end; buffer.hasRemaining(); ) {
                at += channel.write(buffer, at);
            }
            failing = false;
            return true;
        } catch (IOException e) {
            if (!failing) {
                LOG.error("{}: events cannot be written and wait in memory: {}", file, e.getMessage());
            }
            failing = true;
            if (channel.size() > end) {
                channel.truncate(end);
            }
            return false;
        }
    }
}
