package org.alluvium.ingest.recipe;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.alluvium.contracts.config.CustomFilterConfig;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.ingest.filter.Filter;

/** Makes filters of classes that users name. */
final class CustomFilters {

    private CustomFilters() {}

    static Filter load(CustomFilterConfig config) {
        Class<?> type = find(config.type());
        if (!Filter.class.isAssignableFrom(type)) {
            throw problem(config.type(), "is not a " + Filter.class.getName(), null);
        }
        try {
            return (Filter) construct(type, config.options());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof AlluviumException explained) {
                throw explained;
            }
            throw problem(config.type(), "refuses its options: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw problem(config.type(), "cannot be made: " + e.getMessage(), e);
        }
    }

    private static Class<?> find(String name) {
        try {
            // a job's own classes are behind this one where Flink keeps them apart from those of the cluster
            return Class.forName(name, true, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw problem(name, "cannot be loaded: " + e, e);
        }
    }

    private static Object construct(Class<?> type, Map<String, String> options) throws ReflectiveOperationException {
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Map.class) {
                return constructor.newInstance(options);
            }
        }
        if (!options.isEmpty()) {
            throw problem(type.getName(), "has no public constructor that takes options as a Map", null);
        }
        return type.getConstructor().newInstance();
    }

    private static ConfigException problem(String name, String what, Throwable cause) {
        return new ConfigException(
                "the filter " + name + " " + what,
                "filters.custom",
                "Name a public class on the class path that implements Filter, with a public constructor that takes a"
                        + " Map<String, String> or nothing.",
                cause);
    }
}
