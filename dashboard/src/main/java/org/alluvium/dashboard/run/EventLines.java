package org.alluvium.dashboard.run;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
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
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.event.Event;

/**
 * Reads the events of a file that {@link org.alluvium.contracts.event.JsonlEventSink} writes, whatever its length, in blocks:
 * never more than one block is in memory. A last line without its line feed is left for later. If the file has become shorter
 * than what was read, it is a new one. For one thread.
 */
final class EventLines {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();
    private static final ObjectReader MEMBERS = JSON.readerFor(new TypeReference<LinkedHashMap<String, Object>>() {});
    private static final int BLOCK = 1 << 20;

    private final Path file;
    private final Row row = new Row();
    private final Timestamps timestamps = new Timestamps();
    private long offset;
    private ByteBuffer block = ByteBuffer.allocate(BLOCK);

    /** Where events go. */
    interface Receiver {

        /** A step was taken; the row is only good until this returns. */
        void step(Row row);

        /** Anything else happened. */
        void event(Event event);
    }

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
    boolean read(Receiver receiver) {
        if (Files.notExists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int length = fill(channel);
            if (length == 0) {
                return false;
            }
            parse(length, receiver);
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

    private void parse(int length, Receiver receiver) throws IOException {
        try (JsonParser parser = JSON.createParser(block.array(), 0, length)) {
            while (parser.nextToken() != null) {
                member(parser, "time");
                long millis =
                        timestamps.millis(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
                member(parser, "type");
                if (parser.getText().equals("step")) {
                    step(parser, millis, receiver);
                } else {
                    String type = parser.getText();
                    parser.nextToken();
                    Map<String, Object> members = MEMBERS.readValue(parser);
                    receiver.event(new Event(Instant.ofEpochMilli(millis), type, members));
                }
            }
        }
    }

    /** Moves to the text of the member that has to come next. */
    private static void member(JsonParser parser, String name) throws IOException {
        if (!name.equals(parser.nextFieldName()) || parser.nextToken() != JsonToken.VALUE_STRING) {
            throw new JsonParseException(parser, "there is no " + name + " in its place");
        }
    }

    /** What JSON cannot write stands as a string, and is a number as well. */
    private void step(JsonParser parser, long millis, Receiver receiver) throws IOException {
        row.clear(millis);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isNumeric()) {
                row.add(name, parser.getDoubleValue());
            } else if (value == JsonToken.VALUE_STRING) {
                Figures.spelled(parser.getText()).ifPresent(figure -> row.add(name, figure));
            } else {
                parser.skipChildren();
            }
        }
        receiver.step(row);
    }
}
