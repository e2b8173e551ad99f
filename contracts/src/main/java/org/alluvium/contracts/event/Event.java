package org.alluvium.contracts.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measured fact as it was read back.
 *
 * @param fields its values in the order of the file: strings, booleans, numbers ({@link Integer}, {@link Long},
 *     {@link Double}), or lists and maps of them
 */
public record Event(Instant time, String type, Map<String, Object> fields) {

    public Event {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A number, or the given one if the event has no such field or it is not a finite number. */
    public double number(String name, double otherwise) {
        return fields.get(name) instanceof Number number ? number.doubleValue() : otherwise;
    }

    /** A value as text, or an empty string if the event has no such field. */
    public String text(String name) {
        Object value = fields.get(name);
        return value == null ? "" : value.toString();
    }
}
