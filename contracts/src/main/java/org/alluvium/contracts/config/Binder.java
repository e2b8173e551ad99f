package org.alluvium.contracts.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.config.Tree.Group;
import org.alluvium.contracts.config.Tree.Items;
import org.alluvium.contracts.config.Tree.Member;
import org.alluvium.contracts.config.Tree.Scalar;

/**
 * Builds records from a {@link Tree}. It goes on after a problem, so that all are found; what it returns is empty wherever
 * there was one.
 */
final class Binder {

    private final Class<?> rootType;
    private final Path base;
    private final Problems problems;
    private final Map<String, Position> positions = new HashMap<>();

    /** @param base folder that relative paths in defaults are relative to */
    Binder(Class<?> rootType, Path base, Problems problems) {
        this.rootType = rootType;
        this.base = base;
        this.problems = problems;
    }

    /** Where each key that was written stands, by its dotted path. */
    Map<String, Position> positions() {
        return positions;
    }

    /** The record that a tree describes. */
    <R extends Record> Optional<R> bind(Tree tree, Class<R> type) {
        return record(tree, type, "").map(type::cast);
    }

    private Optional<Object> value(Tree tree, Type type, Key key, String path) {
        Class<?> raw = KeyInfo.raw(type);
        if (raw.isRecord()) {
            return record(tree, raw, path);
        }
        if (raw == List.class) {
            return list(tree, type, key, path);
        }
        if (raw == Map.class) {
            return texts(tree, path);
        }
        return scalar(tree, raw, key, path);
    }

    private Optional<Object> record(Tree tree, Class<?> type, String path) {
        if (!(tree instanceof Group group)) {
            problems.add(
                    tree.at(), path.isEmpty() ? "(all)" : path, tree.describe(), "a group of keys: " + names(type));
            return Optional.empty();
        }
        List<KeyInfo> keys = KeyInfo.of(type);
        refuseUnknown(group, keys, type, path);
        Object[] values = new Object[keys.size()];
        boolean complete = true;
        for (int i = 0; i < values.length; i++) {
            Optional<Object> value = component(group, keys.get(i), path);
            complete &= value.isPresent();
            values[i] = value.orElse(null);
        }
        return complete ? Optional.of(construct(type, values)) : Optional.empty();
    }

    private Optional<Object> component(Group group, KeyInfo info, String path) {
        String full = join(path, info.name());
        Member member = group.members().get(info.name());
        boolean mayLack = info.optional() && info.key().byDefault().isEmpty();
        if (member != null && mayLack && member.value() instanceof Scalar scalar && scalar.isAbsent()) {
            return Optional.of(Optional.empty()); // so that what a file says can be taken back: key=
        }
        if (member != null) {
            positions.put(full, member.value().at());
            Optional<Object> value = value(member.value(), info.type(), info.key(), full);
            return info.optional() ? value.map(Optional::of) : value;
        }
        if (info.isRequired()) {
            problems.add(group.at(), full, "is missing", Scalars.allowed(info.rawType(), info.key()));
            return Optional.empty();
        }
        return mayLack ? Optional.of(Optional.empty()) : value(defaultOf(info), info.type(), info.key(), full);
    }

    private Tree defaultOf(KeyInfo info) {
        Position origin = new Position("default", base, 0, 0);
        return YamlTree.parse(info.key().byDefault(), origin, problems)
                .orElseThrow(() -> new IllegalStateException("the default of " + info.name() + " is not YAML"));
    }

    private void refuseUnknown(Group group, List<KeyInfo> keys, Class<?> type, String path) {
        List<String> known = keys.stream().map(KeyInfo::name).toList();
        group.members().forEach((name, member) -> {
            if (!known.contains(name)) {
                String full = join(path, name);
                Optional<String> meant = NearestName.of(name, known).or(() -> elsewhere(name));
                if (meant.isPresent()) {
                    problems.add(member.at(), full, "is unknown", names(type), meant.get());
                } else {
                    problems.add(member.at(), full, "is unknown", names(type));
                }
            }
        });
    }

    /** A key of that very name in another group. */
    private Optional<String> elsewhere(String name) {
        return KeyInfo.paths(rootType).stream()
                .filter(path -> path.endsWith("." + name) || path.equals(name))
                .findFirst();
    }

    private Optional<Object> list(Tree tree, Type type, Key key, String path) {
        Type elementType = KeyInfo.argument(type);
        if (!(tree instanceof Items items)) {
            problems.add(tree.at(), path, tree.describe(), "a list");
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            String full = path + "[" + i + "]";
            positions.put(full, items.items().get(i).at());
            value(items.items().get(i), elementType, key, full).ifPresent(values::add);
        }
        return values.size() == items.items().size() ? Optional.of(values) : Optional.empty();
    }

    /** A group whose keys are free and whose values are texts. */
    private Optional<Object> texts(Tree tree, String path) {
        if (!(tree instanceof Group group)) {
            problems.add(tree.at(), path, tree.describe(), "a group of keys with texts");
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        group.members().forEach((name, member) -> {
            String full = join(path, name);
            positions.put(full, member.value().at());
            if (member.value() instanceof Scalar scalar && !scalar.isAbsent()) {
                values.put(name, scalar.text());
            } else {
                problems.add(member.value().at(), full, member.value().describe(), "a text");
            }
        });
        return values.size() == group.members().size() ? Optional.of(values) : Optional.empty();
    }

    private Optional<Object> scalar(Tree tree, Class<?> type, Key key, String path) {
        if (tree instanceof Scalar scalar && !scalar.isAbsent()) {
            Optional<?> value = Scalars.parse(scalar, type, key);
            if (value.isPresent()) {
                return Optional.of(value.get());
            }
            if (type.isEnum()) {
                Optional<String> meant = NearestName.of(scalar.text(), Scalars.names(type));
                if (meant.isPresent()) {
                    problems.add(tree.at(), path, tree.describe(), Scalars.allowed(type, key), meant.get());
                    return Optional.empty();
                }
            }
        }
        problems.add(tree.at(), path, tree.describe(), Scalars.allowed(type, key));
        return Optional.empty();
    }

    private static Object construct(Class<?> type, Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            return canonical.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type + " refuses values that its keys allow", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is not a record with a public constructor", e);
        }
    }

    private static String names(Class<?> type) {
        return String.join(", ", KeyInfo.of(type).stream().map(KeyInfo::name).toList());
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
