package org.alluvium.contracts.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.store.Sha256;

/**
 * The identity of a configuration: the SHA-256 of its canonical form in UTF-8. The form has one line
 * {@code path=value} for every component that is not a record, sorted by path: {@code name.name} into records,
 * {@code name[i]} into lists, {@code name{key}} into maps. Values are integers in decimal, numbers as
 * {@link Double#toHexString}, texts with {@code \} and line breaks escaped, everything else as its {@code toString}; an
 * empty optional has no line, an empty list or map the value {@code []} or {@code {}}. Neither the order of keys in the
 * file, nor comments, nor which defaults were spelt out make a difference.
 *
 * <p>Paths are left out: where files lie decides nothing, and what is in those that matter has digests of its own.
 */
public final class ConfigDigest {

    private ConfigDigest() {}

    /** The digest, 64 lower-case hexadecimal digits. */
    public static String of(Record config) {
        return Sha256.of(canonical(config).getBytes(StandardCharsets.UTF_8));
    }

    /** The form that is digested. */
    static String canonical(Record config) {
        List<String> lines = new ArrayList<>();
        append("", config, lines);
        lines.sort(null);
        return String.join("\n", lines);
    }

    private static void append(String path, Object value, List<String> lines) {
        if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
                append(name, get(record, component), lines);
            }
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> append(path, present, lines));
        } else if (value instanceof List<?> list) {
            appendAll(path, list, lines);
        } else if (value instanceof Map<?, ?> map) {
            appendAll(path, map, lines);
        } else if (!(value instanceof Path || value instanceof Location)) {
            lines.add(path + "=" + text(value));
        }
    }

    private static void appendAll(String path, List<?> list, List<String> lines) {
        if (list.isEmpty()) {
            lines.add(path + "=[]");
        }
        for (int i = 0; i < list.size(); i++) {
            append(path + "[" + i + "]", list.get(i), lines);
        }
    }

    private static void appendAll(String path, Map<?, ?> map, List<String> lines) {
        if (map.isEmpty()) {
            lines.add(path + "={}");
        }
        map.forEach((key, value) -> append(path + "{" + text(key) + "}", value, lines));
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            return Double.toHexString(number);
        }
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
