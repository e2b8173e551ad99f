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
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.event.Event;

/** Some whole lines of a file of events, in memory that is used again for others. For one thread at a time. */
final class EventBlock {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();
    private static final ObjectReader MEMBERS = JSON.readerFor(new TypeReference<LinkedHashMap<String, Object>>() {});
    private static final int CAPACITY = 1 << 17;

    private final Path file;
    private final Timestamps timestamps = new Timestamps();
    private ByteBuffer bytes = ByteBuffer.allocate(CAPACITY);
    private long from;
    private int length;

    // What rows are made from; names are those of the newest row.
    private List<String> names = List.of();
    private final List<String> newNames = new ArrayList<>();
    private double[] figures = new double[16];

    EventBlock(Path file) {
        this.file = file;
    }

    /** Reads whole lines from an offset on, more than fit if the first is longer; how many bytes they have. */
    int fill(FileChannel channel, long offset) throws IOException {
        from = offset;
        while (true) {
            bytes.clear();
            int read = channel.read(bytes, offset);
            length = bytes.position();
            while (length > 0 && bytes.get(length - 1) != '\n') {
                length--;
            }
            if (length > 0 || read < bytes.capacity()) {
                return length;
            }
            bytes = ByteBuffer.allocate(Math.multiplyExact(bytes.capacity(), 2));
        }
    }

    /**
     * The lines, in their order.
     *
     * @throws DataException if one is not an event
     */
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(bytes.array(), 0, length)) {
            while (parser.nextToken() != null) {
                lines.add(line(parser));
            }
            return lines;
        } catch (JsonProcessingException | DateTimeException e) {
            throw new DataException(
                    "a line is not an event",
                    file + ", the " + (lines.size() + 1) + ". after byte " + from,
                    "Move the file away; a new one is begun, and nothing but reports depends on it",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of bytes in memory, there is none
        }
    }

    private Line line(JsonParser parser) throws IOException {
        member(parser, "time");
        long millis = timestamps.millis(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        member(parser, "type");
        String type = parser.getText();
        if (type.equals("step")) {
            return new Line.Stepped(millis, row(parser));
        }
        parser.nextToken();
        Map<String, Object> members = MEMBERS.readValue(parser);
        return new Line.Happened(new Event(Instant.ofEpochMilli(millis), type, members));
    }

    /** Moves to the text of the member that has to come next. */
    private static void member(JsonParser parser, String name) throws IOException {
        if (!name.equals(parser.nextFieldName()) || parser.nextToken() != JsonToken.VALUE_STRING) {
            throw new JsonParseException(parser, "there is no " + name + " in its place");
        }
    }

    private Row row(JsonParser parser) throws IOException {
        newNames.clear();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isNumeric()) {
                add(name, parser.getDoubleValue());
            } else if (value == JsonToken.VALUE_STRING) {
                Figures.spelled(parser.getText()).ifPresent(figure -> add(name, figure));
            } else {
                parser.skipChildren();
            }
        }
        if (!newNames.equals(names)) {
            names = List.copyOf(newNames);
        }
        return new Row(names, Arrays.copyOf(figures, names.size()));
    }

    private void add(String name, double figure) {
        if (newNames.size() == figures.length) {
            figures = Arrays.copyOf(figures, 2 * figures.length);
        }
        figures[newNames.size()] = figure;
        newNames.add(name);
    }
}
