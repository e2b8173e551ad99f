package org.alluvium.ingest.record;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.alluvium.contracts.config.FieldsConfig;
import org.alluvium.ingest.record.FieldValue.Kind;

/**
 * What the named fields of a record say about its document.
 *
 * <ul>
 *   <li>The text: a string, required.
 *   <li>The id: a string or an integer. Address and language: strings.
 *   <li>The event time: an ISO 8601 string or an integer of milliseconds since the epoch. Where no field is configured to
 *       hold it, it is in the first that is there of {@code eventTime}, {@code timestamp} and {@code date}.
 *   <li>{@code deleted}: if it is true and there is an id, the document with that id is no more, and no text is needed.
 *   <li>Everything else is an attribute.
 * </ul>
 *
 * Which field is which is configured. A blank id, address or language counts as absent. A wrong type refuses the record.
 */
final class FieldMapping {

    private static final String DELETED = "deleted";

    /** Names of the event time; the first that is there is taken. */
    private static final List<String> TIMES = List.of("eventTime", "timestamp", "date");

    private static final Set<Kind> STRING = EnumSet.of(Kind.STRING);
    private static final Set<Kind> STRING_OR_INTEGER = EnumSet.of(Kind.STRING, Kind.INTEGER);

    private final FieldsConfig names;
    private final List<String> times;

    FieldMapping(FieldsConfig names) {
        this.names = names;
        this.times = names.time().map(List::of).orElse(TIMES);
    }

    /** Names of the fields that may be the event time. */
    List<String> times() {
        return times;
    }

    /**
     * The document, or the deletion, that a record says.
     *
     * @param fields those that are not null
     * @param attributes what is an attribute whatever its name; a field takes precedence over one of its name
     */
    Reading read(Map<String, FieldValue> fields, Map<String, String> attributes) throws RefusedException {
        Map<String, FieldValue> rest = new HashMap<>(fields);
        Optional<String> id = take(rest, names.id(), STRING_OR_INTEGER);
        if (id.isPresent() && isTrue(rest.get(DELETED))) {
            return new Reading.Deletion(id.get());
        }
        FieldValue text = rest.remove(names.text());
        if (text == null) {
            throw new RefusedException(
                    DeadLetterReason.TEXT_MISSING, "the record has no field " + Excerpt.quote(names.text()));
        }
        return new Reading.DocumentFields(
                id,
                take(rest, names.url(), STRING),
                checked(names.text(), text, STRING),
                takeEventTime(rest),
                take(rest, names.language(), STRING),
                merged(attributes, rest));
    }

    private static boolean isTrue(FieldValue value) {
        return value != null && value.kind() == Kind.TRUE;
    }

    private static String checked(String name, FieldValue value, Set<Kind> allowed) throws RefusedException {
        if (!allowed.contains(value.kind())) {
            throw new RefusedException(
                    DeadLetterReason.WRONG_TYPE,
                    "the field " + Excerpt.quote(name) + " must be a string"
                            + (allowed.contains(Kind.INTEGER) ? " or an integer" : "")
                            + ", not " + Excerpt.quote(value.text()));
        }
        return value.text();
    }

    private static Optional<String> take(Map<String, FieldValue> rest, String name, Set<Kind> allowed)
            throws RefusedException {
        FieldValue value = rest.remove(name);
        return value == null
                ? Optional.empty()
                : Optional.of(checked(name, value, allowed)).filter(text -> !text.isBlank());
    }

    private OptionalLong takeEventTime(Map<String, FieldValue> rest) throws RefusedException {
        for (String name : times) {
            FieldValue value = rest.remove(name);
            if (value == null) {
                continue;
            }
            String text = checked(name, value, STRING_OR_INTEGER);
            return OptionalLong.of(value.kind() == Kind.STRING ? EventTime.parse(text) : millis(text));
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

    private static Map<String, String> merged(Map<String, String> attributes, Map<String, FieldValue> rest) {
        Map<String, String> merged = new HashMap<>(attributes);
        rest.forEach((name, value) -> merged.put(name, value.text()));
        return merged;
    }
}
