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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
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

    private final StepText stepText = new StepText(timestamps);

    // What lines() makes.
    private List<Line> lines = new ArrayList<>();
    private StepRows rows = new StepRows(List.of());

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
     * What the lines say, in their order; steps of the same names that follow each other as one.
     */
    List<Line> lines() {
        lines = new ArrayList<>();
        int next = 0;
        while (next < length) {
            int behind = stepText.read(bytes.array(), next, length);
            if (behind < 0) {
                behind = endOfLine(next);
                readAnyLine(next, behind);
            } else {
                add(rows.names(), stepText.millis(), stepText.figures());
            }
            next = behind;
        }
        return lines;
    }

    private void readAnyLine(int begin, int end) {
        try {
            parse(begin, end);
        } catch (JsonProcessingException | DateTimeException e) {
            lines.add(new Line.Unreadable(file + ", at byte " + (from + begin)));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of bytes in memory, there is none
        }
    }

    private int endOfLine(int begin) {
        int end = begin;
        while (bytes.get(end) != '\n') {
            end++;
        }
        return end + 1;
    }

    private void add(List<String> names, long millis, double[] figures) {
        boolean goesOn = !lines.isEmpty()
                && lines.getLast() instanceof Line.Stepped
                && rows.names().equals(names);
        if (!goesOn) {
            rows = new StepRows(names);
            lines.add(new Line.Stepped(rows));
        }
        rows.add(millis, figures);
    }

    private void parse(int begin, int end) throws IOException {
        try (JsonParser parser = JSON.createParser(bytes.array(), begin, end - begin)) {
            while (parser.nextToken() != null) {
                event(parser);
            }
        }
    }

    private void event(JsonParser parser) throws IOException {
        member(parser, "time");
        byte[] time = parser.getText().getBytes(StandardCharsets.UTF_8);
        long millis = timestamps.millis(time, 0, time.length);
        member(parser, "type");
        String type = parser.getText();
        if (type.equals("step")) {
            step(millis, parser);
        } else {
            parser.nextToken();
            Map<String, Object> members = MEMBERS.readValue(parser);
            lines.add(new Line.Happened(new Event(Instant.ofEpochMilli(millis), type, members)));
        }
    }

    /** Moves to the text of the member that has to come next. */
    private static void member(JsonParser parser, String name) throws IOException {
        if (!name.equals(parser.nextFieldName()) || parser.nextToken() != JsonToken.VALUE_STRING) {
            throw new JsonParseException(parser, "there is no " + name + " in its place");
        }
    }

    private void step(long millis, JsonParser parser) throws IOException {
        List<String> names = new ArrayList<>();
        DoubleStream.Builder figures = DoubleStream.builder();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            OptionalDouble figure = OptionalDouble.empty();
            if (value.isNumeric()) {
                figure = OptionalDouble.of(parser.getDoubleValue());
            } else if (value == JsonToken.VALUE_STRING) {
                figure = Figures.spelled(parser.getText());
            } else {
                parser.skipChildren();
            }
            figure.ifPresent(number -> {
                names.add(name);
                figures.add(number);
            });
        }
        stepText.expect(names);
        add(names, millis, figures.build().toArray());
    }
}
