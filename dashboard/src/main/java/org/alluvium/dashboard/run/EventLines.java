package org.alluvium.dashboard.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.event.Event;

/**
 * Reads the events of a file, whatever its length, in blocks: never more than one block, and one line, is in memory. A last
 * line without its line feed is left for later. If the file has become shorter than what was read, it is a new one. For one
 * thread.
 */
final class EventLines {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();
    private static final ObjectReader MEMBERS = JSON.readerFor(new TypeReference<LinkedHashMap<String, Object>>() {});
    private static final int BLOCK = 1 << 20;

    private final Path file;
    private long offset;
    private ByteBuffer block = ByteBuffer.allocate(BLOCK);

    EventLines(Path file) {
        this.file = file;
    }

    /** Whether the file is shorter than what was read of it, so that it has to be read anew from its begin. */
    boolean replaced() {
        try {
            return offset > 0 && (Files.notExists(file) || Files.size(file) < offset);
        } catch (IOException e) {
            throw StorageException.of("read the events", file, e);
        }
    }

    /** Bytes of whole lines that have been read. */
    long offset() {
        return offset;
    }

    /**
     * Hands over the next block of events, in their order.
     *
     * @return whether there were any
     * @throws DataException if a complete line is not an event
     */
    boolean read(Consumer<Event> events) {
        if (Files.notExists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int length = fill(channel);
            if (length == 0) {
                return false;
            }
            parse(length, events);
            offset += length;
            return true;
        } catch (JsonProcessingException | DateTimeException e) {
            throw new DataException(
                    "a line is not an event",
                    file + " after byte " + offset,
                    "Move the file away; a new one is begun, and nothing but reports depends on it",
                    e);
        } catch (IOException e) {
            throw StorageException.of("read the events", file, e);
        }
    }

    /** Reads on from the offset; the length of the whole lines at the begin of the block. */
    private int fill(FileChannel channel) throws IOException {
        while (true) {
            block.clear();
            int read = channel.read(block, offset);
            int length = Math.max(0, block.position());
            while (length > 0 && block.get(length - 1) != '\n') {
                length--;
            }
            if (length > 0 || read < block.capacity()) {
                return length;
            }
            block = ByteBuffer.allocate(Math.multiplyExact(block.capacity(), 2));
        }
    }

    private void parse(int length, Consumer<Event> events) throws IOException {
        try (JsonParser parser = JSON.createParser(block.array(), 0, length);
                MappingIterator<Map<String, Object>> lines = MEMBERS.readValues(parser)) {
            while (lines.hasNextValue()) {
                Map<String, Object> members = lines.nextValue();
                Instant time = Instant.parse(String.valueOf(members.remove("time")));
                String type = String.valueOf(members.remove("type"));
                events.accept(new Event(time, type, members));
            }
        }
    }
}
