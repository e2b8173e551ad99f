package org.alluvium.dashboard.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A question of a page.
 *
 * @param path below {@code /api/}
 * @param parameters by name
 */
record Asked(String path, Map<String, List<String>> parameters) {

    /** A question with names of parameters and their values in turn. */
    static Asked of(String path, Object... parameters) {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            byName.computeIfAbsent(parameters[i].toString(), name -> new ArrayList<>())
                    .add(parameters[i + 1].toString());
        }
        return new Asked(path, byName);
    }

    /** The same with one parameter more. */
    Asked and(String name, Object value) {
        Map<String, List<String>> more = new LinkedHashMap<>(parameters);
        more.put(name, List.of(value.toString()));
        return new Asked(path, more);
    }

    /** By which pages find the answer: the path, and the parameters in the order of their characters. */
    String key() {
        return parameters.entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(value -> each.getKey() + "=" + value))
                .sorted()
                .collect(Collectors.joining("&", path + "?", ""));
    }
}
