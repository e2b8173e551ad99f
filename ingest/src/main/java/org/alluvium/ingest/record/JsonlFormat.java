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
import java.util.Map;
import org.alluvium.contracts.config.FieldsConfig;
import org.alluvium.ingest.record.FieldValue.Kind;

/**
 * One JSON object (RFC 8259) a record, its fields as {@link FieldMapping} says. Attributes are strings as they are, all else
 * as the JSON it was written in. A field that is null counts as absent. A name that occurs twice and anything after the
 * object refuse the record.
 */
final class JsonlFormat implements DocumentFormat {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // The reader bounds the line, and so every string in it.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final FieldMapping mapping;

    JsonlFormat(FieldsConfig names) {
        this.mapping = new FieldMapping(names);
    }

    @Override
    public Reading parse(SourceRecord.Content content) throws RefusedException {
        return mapping.read(values(Utf8.decode(content.bytes())), Map.of());
    }

    private static Map<String, FieldValue> values(String line) throws RefusedException {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RefusedException(DeadLetterReason.NOT_AN_OBJECT, "the line is JSON, but not an object");
            }
            Map<String, FieldValue> values = new HashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = Utf8.wellFormed(parser.currentName());
                JsonToken token = parser.nextToken();
                String text =
                        token == JsonToken.VALUE_STRING ? Utf8.wellFormed(parser.getText()) : source(line, parser);
                if (token != JsonToken.VALUE_NULL) {
                    values.put(name, new FieldValue(kind(token), text));
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

    private static Kind kind(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> Kind.STRING;
            case VALUE_NUMBER_INT -> Kind.INTEGER;
            case VALUE_TRUE -> Kind.TRUE;
            default -> Kind.OTHER;
        };
    }
}
