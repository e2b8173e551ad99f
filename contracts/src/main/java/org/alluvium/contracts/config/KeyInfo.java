package org.alluvium.contracts.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One key of a group, read off a record component.
 *
 * @param type of the value; for an optional key, of the value it may have
 * @param optional whether the component is an {@link Optional}
 */
record KeyInfo(String name, Type type, boolean optional, Key key) {

    /** The keys of a record, in the order of its components. */
    static List<KeyInfo> of(Class<?> record) {
        return Arrays.stream(record.getRecordComponents()).map(KeyInfo::of).toList();
    }

    private static KeyInfo of(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        if (key == null) {
            throw new IllegalStateException(component + " has no @Key");
        }
        boolean optional = component.getType() == Optional.class;
        Type type = optional ? argument(component.getGenericType()) : component.getGenericType();
        return new KeyInfo(component.getName(), type, optional, key);
    }

    /** The dotted paths of all keys below a record; elements of lists are not entered. */
    static List<String> paths(Class<?> record) {
        List<String> paths = new ArrayList<>();
        for (KeyInfo info : of(record)) {
            paths.add(info.name());
            if (info.isGroup()) {
                paths(info.rawType()).forEach(path -> paths.add(info.name() + "." + path));
            }
        }
        return paths;
    }

    boolean isRequired() {
        return key.byDefault().equals(Key.REQUIRED);
    }

    boolean isGroup() {
        return rawType().isRecord();
    }

    boolean isList() {
        return rawType() == List.class;
    }

    boolean isListOfGroups() {
        return isList() && raw(elementType()).isRecord();
    }

    /** Whether it has keys of its own, in one group or in a list of them. */
    boolean hasKeys() {
        return isGroup() || isListOfGroups();
    }

    Class<?> rawType() {
        return raw(type);
    }

    static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType p ? p.getRawType() : type);
    }

    /** The type of a list's elements. */
    Type elementType() {
        return argument(type);
    }

    static Type argument(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }
}
