package org.alluvium.ingest.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.alluvium.contracts.config.FieldsConfig;

/**
 * One JSON object (RFC 8259) a line.
 *
 * <ul>
 *   <li>The text: a string, required.
 *   <li>The id: a string or an integer. Address and language: strings.
 *   <li>The event time: an ISO 8601 string or an integer of milliseconds since the epoch. Where no field is configured to
 *       hold it, it is in the first that is there of {@code eventTime}, {@code timestamp} and {@code date}.
 *   <li>{@code deleted}: if it is true and there is an id, the document with that id is no more, and no text is needed.
 *   <li>Everything else is an attribute: strings as they are, all else as the JSON it was written in.
 * </ul>
 *
 * Which field is which is configured. A field that is null counts as absent, and so does a blank id, address or language. A name that
 * occurs twice, a wrong type and anything after the object refuse the line.
 */
final class JsonlFormat implements DocumentFormat {

    private static final String DELETED = "deleted";

    /** Names of the event time; the first that is there is taken. */
    private static final List<String> TIMES = List.of("eventTime", "timestamp", "date");

    private static final Set<JsonToken> STRING = Set.of(JsonToken.VALUE_STRING);
    private static final Set<JsonToken> STRING_OR_INTEGER = Set.of(JsonToken.VALUE_STRING, JsonToken.VALUE_NUMBER_INT);

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // The reader bounds the line, and so every string in it.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final FieldsConfig names;
    private final List<String> times;

    JsonlFormat(FieldsConfig names) {
        this.names = names;
        this.times = names.time().map(List::of).orElse(TIMES);
    }

    @Override
    public Reading parse(SourceRecord.Content content) throws RefusedException {
        Map<String, Value> values = values(Utf8.decode(content.bytes()));
        Optional<String> id = take(values, names.id(), STRING_OR_INTEGER);
        if (id.isPresent() && isTrue(values.get(DELETED))) {
            return new Reading.Deletion(id.get());
        }
        Value text = values.remove(names.text());
        if (text == null) {
            throw new RefusedException(
                    DeadLetterReason.TEXT_MISSING, "the object has no field " + Excerpt.quote(names.text()));
        }
        return new Reading.DocumentFields(
                id,
                take(values, names.url(), STRING),
                text.of(names.text(), STRING).text(),
                takeEventTime(values),
                take(values, names.language(), STRING),
                attributes(values));
    }

    private static boolean isTrue(Value value) {
        return value != null && value.token() == JsonToken.VALUE_TRUE;
    }

    /** A value and what it was: its characters for a string, otherwise the JSON it was written in. */
    private record Value(JsonToken token, String text) {

        Value of(String name, Set<JsonToken> allowed) throws RefusedException {
            if (!allowed.contains(token)) {
                throw new RefusedException(
                        DeadLetterReason.WRONG_TYPE,
                        "the field " + Excerpt.quote(name) + " must be a string"
                                + (allowed.contains(JsonToken.VALUE_NUMBER_INT) ? " or an integer" : "")
                                + ", not " + Excerpt.quote(text));
            }
            return this;
        }
    }

    private static Map<String, Value> values(String line) throws RefusedException {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RefusedException(DeadLetterReason.NOT_AN_OBJECT, "the line is JSON, but not an object");
            }
            Map<String, Value> values = new HashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = wellFormed(parser.currentName());
                JsonToken token = parser.nextToken();
                String text = token == JsonToken.VALUE_STRING ? wellFormed(parser.getText()) : source(line, parser);
                if (token != JsonToken.VALUE_NULL) {
                    values.put(name, new Value(token, text));
                }
            }
            if (parser.nextToken() != null) {
                throw new RefusedException(DeadLetterReason.NOT_JSON, "something follows the object");
            }
            return values;
        } catch (JsonProcessingException malformed) {
            throw new RefusedException(DeadLetterReason.NOT_JSON, malformed.getOriginalMessage());
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory failed", impossible);
        }
    }

    /** The JSON of the value the parser stands on; moves the parser to the value's end. */
    private static String source(String line, JsonParser parser) throws IOException {
        int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
            return line.substring(
                    start, Math.toIntExact(parser.currentLocation().getCharOffset()));
        }
        return parser.getText();
    }

    private static String wellFormed(String text) throws RefusedException {
        int lone = Utf8.loneSurrogate(text);
        if (lone >= 0) {
            throw new RefusedException(
                    DeadLetterReason.LONE_SURROGATE,
                    "character " + lone + " of a string is half of a surrogate pair: \\u"
                            + Integer.toHexString(text.charAt(lone)));
        }
        if (text.indexOf('\0') >= 0) {
            throw new RefusedException(
                    DeadLetterReason.NUL_CHARACTER, "character " + text.indexOf('\0') + " of a string is NUL");
        }
        return text;
    }

    private static Optional<String> take(Map<String, Value> values, String name, Set<JsonToken> allowed)
            throws RefusedException {
        Value value = values.remove(name);
        return value == null
                ? Optional.empty()
                : Optional.of(value.of(name, allowed).text()).filter(text -> !text.isBlank());
    }

    private OptionalLong takeEventTime(Map<String, Value> values) throws RefusedException {
        for (String name : times) {
            Value value = values.remove(name);
            if (value == null) {
                continue;
            }
            String text = value.of(name, STRING_OR_INTEGER).text();
            return OptionalLong.of(value.token() == JsonToken.VALUE_STRING ? EventTime.parse(text) : millis(text));
        }
        return OptionalLong.empty();
    }

    private static long millis(String integer) throws RefusedException {
        try {
            return Long.parseLong(integer);
        } catch (NumberFormatException tooLarge) {
            throw new RefusedException(
                    DeadLetterReason.BAD_TIME, "not milliseconds since the epoch: " + Excerpt.quote(integer));
        }
    }

    private static Map<String, String> attributes(Map<String, Value> values) {
        Map<String, String> attributes = new HashMap<>();
        values.forEach((name, value) -> attributes.put(name, value.text()));
        return attributes;
    }
}
