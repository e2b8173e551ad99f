package org.alluvium.contracts.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;

/**
 * Reads the events of a file that {@link JsonlEventSink} writes, from an offset on, and later those that have been added.
 * A last line without its line feed is not read yet: it is still being written, or torn. A file that does not exist has
 * no events. If the file has become shorter than what was read, it is a new one and is read from its start. For one thread.
 */
public final class EventReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> MEMBERS = new TypeReference<>() {};
    private static final int BLOCK = 1 << 16;

    private final Path file;
    private long offset;

    /**
     * A reader from an offset on.
     *
     * @param offset byte at which a line begins: 0, or what {@link #offset} has returned
     */
    public EventReader(Path file, long offset) {
        this.file = file;
        this.offset = offset;
    }

    /** All events of the file. */
    public static List<Event> readAll(Path file) {
        return new EventReader(file, 0).poll();
    }

    /** The first event of the file; empty if it has none. */
    public static Optional<Event> first(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    return Optional.empty();
                }
                line.write(next);
            }
            return Optional.of(new EventReader(file, 0).parse(line.toString(StandardCharsets.UTF_8), 0));
        } catch (IOException e) {
            throw StorageException.of("read the events", file, e);
        }
    }

    /** A reader that begins with the first whole line among the last so many bytes of the file. */
    public static EventReader tail(Path file, long bytes) {
        try {
            if (!Files.exists(file) || Files.size(file) <= bytes) {
                return new EventReader(file, 0);
            }
            long from = Files.size(file) - bytes - 1;
            EventReader reader = new EventReader(file, from);
            byte[] block = reader.readComplete();
            int line = indexOfLineFeed(block, 0) + 1;
            reader.offset = line == 0 ? from + bytes + 1 : from + line;
            return reader;
        } catch (IOException e) {
            throw StorageException.of("read the events", file, e);
        }
    }

    /** Byte at which the first line begins that has not been read. */
    public long offset() {
        return offset;
    }

    /**
     * The events added since the last call, in order; empty if there are none.
     *
     * @throws DataException if a complete line is not an event; the reader then stays before that line
     */
    public List<Event> poll() {
        try {
            byte[] block = readComplete();
            List<Event> events = new ArrayList<>();
            long base = offset;
            for (int from = 0; from < block.length; ) {
                int end = indexOfLineFeed(block, from);
                events.add(parse(new String(block, from, end - from, StandardCharsets.UTF_8), base + from));
                from = end + 1;
            }
            offset = base + block.length;
            return events;
        } catch (IOException e) {
            throw StorageException.of("read the events", file, e);
        }
    }

    /** The bytes from the offset to the last line feed. */
    private byte[] readComplete() throws IOException {
        if (!Files.exists(file)) {
            offset = 0;
            return new byte[0];
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < offset) {
                offset = 0;
            }
            channel.position(offset);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            while (channel.read(block) >= 0) {
                bytes.write(block.array(), 0, block.position());
                block.clear();
            }
            byte[] all = bytes.toByteArray();
            int end = all.length;
            while (end > 0 && all[end - 1] != '\n') {
                end--;
            }
            return Arrays.copyOf(all, end);
        }
    }

    private static int indexOfLineFeed(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private Event parse(String line, long at) {
        try {
            Map<String, Object> members = JSON.readValue(line, MEMBERS);
            Instant time = Instant.parse(String.valueOf(members.remove("time")));
            String type = String.valueOf(members.remove("type"));
            return new Event(time, type, members);
        } catch (JsonProcessingException | DateTimeException e) {
            throw new DataException(
                    "the line is not an event",
                    file + " at byte " + at,
                    "Move the file away; a new one is begun, and nothing but this report depends on it",
                    e);
        }
    }
}
