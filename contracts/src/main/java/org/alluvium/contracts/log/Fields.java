package org.alluvium.contracts.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.alluvium.contracts.error.DataException;

/** The members of a JSON object, each of which must be there and of the asked type; otherwise the file is named. */
final class Fields {

    private final JsonNode object;
    private final String file;

    Fields(JsonNode object, String file) {
        this.object = object;
        this.file = file;
        if (!object.isObject()) {
            throw damaged("an object");
        }
    }

    String text(String name) {
        return textOf(name, member(name));
    }

    long integer(String name) {
        return integerOf(name, member(name));
    }

    double number(String name) {
        JsonNode node = member(name);
        if (!node.isNumber()) {
            throw damaged("a number in '" + name + "'");
        }
        return node.doubleValue();
    }

    boolean bool(String name) {
        JsonNode node = member(name);
        if (!node.isBoolean()) {
            throw damaged("true or false in '" + name + "'");
        }
        return node.booleanValue();
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw damaged("an ISO-8601 time in '" + name + "'");
        }
    }

    Fields object(String name) {
        return new Fields(member(name), file);
    }

    /** Whether there is a member of this name. */
    boolean has(String name) {
        return object.has(name);
    }

    /** The object of a member that older releases did not write. */
    Optional<Fields> find(String name) {
        return object.has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    /** The array of a member that older releases did not write; empty if it is not there. */
    <T> List<T> listIfPresent(String name, Function<Fields, T> element) {
        return object.has(name) ? list(name, element) : List.of();
    }

    /** The number of a member that older releases did not write; 0 if it is not there. */
    long integerIfPresent(String name) {
        return object.has(name) ? integer(name) : 0;
    }

    /** The number of a member that need not be there. */
    OptionalLong findInteger(String name) {
        return object.has(name) ? OptionalLong.of(integer(name)) : OptionalLong.empty();
    }

    /** The string of a member that need not be there. */
    Optional<String> findText(String name) {
        return object.has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** The strings of an array. */
    List<String> texts(String name) {
        JsonNode array = member(name);
        if (!array.isArray()) {
            throw damaged("an array in '" + name + "'");
        }
        List<String> list = new ArrayList<>();
        array.forEach(node -> list.add(textOf(name, node)));
        return list;
    }

    /** The numbers of a member that older releases did not write; none if it is not there. */
    Map<String, Long> integersIfPresent(String name) {
        return find(name).map(Fields::integers).orElse(Map.of());
    }

    <T> List<T> list(String name, Function<Fields, T> element) {
        JsonNode array = member(name);
        if (!array.isArray()) {
            throw damaged("an array in '" + name + "'");
        }
        List<T> list = new ArrayList<>();
        array.forEach(node -> list.add(element.apply(new Fields(node, file))));
        return list;
    }

    Map<String, String> texts() {
        Map<String, String> map = new LinkedHashMap<>();
        object.properties().forEach(member -> map.put(member.getKey(), textOf(member.getKey(), member.getValue())));
        return map;
    }

    Map<String, Long> integers() {
        Map<String, Long> map = new LinkedHashMap<>();
        object.properties().forEach(member -> map.put(member.getKey(), integerOf(member.getKey(), member.getValue())));
        return map;
    }

    <T> Map<String, T> objects(Function<Fields, T> element) {
        Map<String, T> map = new LinkedHashMap<>();
        object.properties()
                .forEach(member -> map.put(member.getKey(), element.apply(new Fields(member.getValue(), file))));
        return map;
    }

    private JsonNode member(String name) {
        JsonNode node = object.get(name);
        if (node == null) {
            throw damaged("'" + name + "'");
        }
        return node;
    }

    private String textOf(String name, JsonNode node) {
        if (!node.isTextual()) {
            throw damaged("a string in '" + name + "'");
        }
        return node.textValue();
    }

    private long integerOf(String name, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw damaged("an integer in '" + name + "'");
        }
        return node.longValue();
    }

    DataException damaged(String expected) {
        return new DataException(
                "the log entry lacks " + expected,
                file,
                "Restore the file from a copy of the corpus, or report it if nobody has edited it");
    }
}
