package org.alluvium.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

/** What {@code --json} prints. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** Maps, lists, records, strings, numbers and booleans as indented JSON. */
    static String text(Object value) {
        return write(value, MAPPER.writerWithDefaultPrettyPrinter());
    }

    /** The same in one line. */
    static String line(Object value) {
        return write(value, MAPPER.writer());
    }

    private static String write(Object value, ObjectWriter writer) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not made of maps, lists and plain values: " + value.getClass(), e);
        }
    }
}
