package org.alluvium.contracts.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The values of a configuration by their paths: {@code name.name} into records, {@code name[i]} into lists, {@code name{key}}
 * into maps. An empty optional has none; an empty list or map is a value itself.
 */
public final class ConfigValues {

    private final BiConsumer<String, Object> visitor;

    private ConfigValues(BiConsumer<String, Object> visitor) {
        this.visitor = visitor;
    }

    /**
     * Values as JSON has them: numbers and booleans as they are, all else as people write it in a file.
     *
     * @param path what the paths begin with
     */
    public static Map<String, Object> of(String path, Record config) {
        Map<String, Object> values = new LinkedHashMap<>();
        visit(path, config, (place, value) -> values.put(place, plain(value)));
        return values;
    }

    private static Object plain(Object value) {
        if (value instanceof Boolean || value instanceof Number) {
            return value;
        }
        return value instanceof Enum<?> choice ? choice.name().toLowerCase(Locale.ROOT) : value.toString();
    }

    /** Hands over every value, in the order of the records' components. */
    static void visit(String path, Record config, BiConsumer<String, Object> visitor) {
        new ConfigValues(visitor).walk(path, config);
    }

    private void walk(String path, Object value) {
        if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
                walk(name, get(record, component));
            }
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> walk(path, present));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            for (int i = 0; i < list.size(); i++) {
                walk(path + "[" + i + "]", list.get(i));
            }
        } else if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, member) -> walk(path + "{" + escaped(key) + "}", member));
        } else {
            visitor.accept(path, value);
        }
    }

    /** A text that breaks no line. */
    static String escaped(Object value) {
        return value.toString().replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static Object get(Record record, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true); // the record need not be public
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
