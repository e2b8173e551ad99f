package org.alluvium.contracts.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Writes down what the configuration can say, from the records that it is read into: so the two cannot differ. */
public final class ConfigReference {

    private static final int WIDTH = 110;
    private static final Set<Class<?>> NUMBERS = Set.of(int.class, long.class, double.class);

    private static final String INTRODUCTION = """
            # Configuration

            One YAML file, `alluvium.yaml`, steers every process. Every key has a default except those marked *required*;
            an empty file is a valid configuration. [alluvium.example.yaml](alluvium.example.yaml) has every key with its
            default. A mistake stops the command before anything happens, with the file, line and column of each, what is
            allowed there and the name that was probably meant.

            | kind of value | how it is written |
            |---|---|
            | integer | decimal; `Ki`, `Mi` and `Gi` multiply by 2^10, 2^20 and 2^30: `64Mi` |
            | number | with point and exponent: `0.1`, `3e-4` |
            | duration | an integer with a unit, `ms`, `s`, `m`, `h` or `d`: `500ms`, `365d` |
            | path | relative to the folder of the file; on the command line, to the working directory |
            | choice | one of the names given, in lower case |

            Any key can be set on the command line as well, where it takes precedence: `train.steps=100`,
            `sources[0].path=in`, `'train.eval.prompts=[Once upon, The sea]'`.
            """;

    private ConfigReference() {}

    /** The text of docs/configuration.md. */
    public static String markdown() {
        StringBuilder out = new StringBuilder(INTRODUCTION);
        List<KeyInfo> top = KeyInfo.of(AlluviumConfig.class);
        top.forEach(section -> section(section, section.name(), out));
        return out.toString();
    }

    private static void section(KeyInfo section, String path, StringBuilder out) {
        Class<?> type = section.isList() ? KeyInfo.raw(section.elementType()) : section.rawType();
        out.append("\n## ")
                .append(path)
                .append(section.isList() ? " (a list)" : "")
                .append("\n\n");
        out.append(section.key().doc()).append("\n\n| key | kind | default | meaning |\n|---|---|---|---|\n");
        List<KeyInfo> keys = KeyInfo.of(type);
        keys.stream().filter(key -> !key.hasKeys()).forEach(key -> row(key, out));
        keys.stream().filter(KeyInfo::hasKeys).forEach(key -> section(key, path + "." + key.name(), out));
    }

    private static void row(KeyInfo info, StringBuilder out) {
        out.append("| `")
                .append(info.name())
                .append("` | ")
                .append(kind(info))
                .append(" | ")
                .append(byDefault(info))
                .append(" | ")
                .append(info.key().doc().replace("|", "\\|"))
                .append(" |\n");
    }

    private static String kind(KeyInfo info) {
        if (info.isList()) {
            Class<?> element = KeyInfo.raw(info.elementType());
            return "list of " + Scalars.kind(element, info.key()) + (element.isEnum() ? "" : "s");
        }
        return Scalars.kind(info.rawType(), info.key());
    }

    private static String byDefault(KeyInfo info) {
        if (info.isRequired()) {
            return "*required*";
        }
        return info.key().byDefault().isEmpty() ? "–" : "`" + info.key().byDefault() + "`";
    }

    /** The text of docs/alluvium.example.yaml: every key with its default, under what it means. */
    public static String exampleYaml() {
        StringBuilder out = new StringBuilder("""
                # Every key of Alluvium's configuration with its default. Keep what you change and delete the rest;
                # configuration.md says more.
                """);
        keys(AlluviumConfig.class, "", out);
        return out.toString();
    }

    private static void keys(Class<?> type, String indent, StringBuilder out) {
        for (KeyInfo info : KeyInfo.of(type)) {
            out.append(info.isGroup() || (info.isList() && indent.isEmpty()) ? "\n" : "");
            comment(describe(info), indent, out);
            if (info.isGroup() && info.optional()) {
                commentedOut(info, indent, out);
            } else if (info.isGroup()) {
                out.append(indent).append(info.name()).append(":\n");
                keys(info.rawType(), indent + "  ", out);
            } else if (info.isListOfGroups() && !indent.isEmpty()) {
                commentedOutList(info, indent, out);
            } else if (info.isListOfGroups()) {
                out.append(indent)
                        .append(info.name())
                        .append(":\n")
                        .append(indent)
                        .append("  -\n");
                keys(KeyInfo.raw(info.elementType()), indent + "    ", out);
            } else {
                out.append(line(info, indent)).append('\n');
            }
        }
    }

    /** A group that need not be there, every line behind a '#'. */
    private static void commentedOut(KeyInfo info, String indent, StringBuilder out) {
        StringBuilder group = new StringBuilder(info.name()).append(":\n");
        keys(info.rawType(), "  ", group);
        commentOut(group, indent, out);
    }

    /** A list inside a group is empty by default: one element, every line behind a '#'. */
    private static void commentedOutList(KeyInfo info, String indent, StringBuilder out) {
        StringBuilder list = new StringBuilder(info.name()).append(":\n  -\n");
        keys(KeyInfo.raw(info.elementType()), "    ", list);
        commentOut(list, indent, out);
    }

    private static void commentOut(StringBuilder lines, String indent, StringBuilder out) {
        lines.toString()
                .lines()
                .forEach(line ->
                        out.append((indent + "# " + line).stripTrailing()).append('\n'));
        out.append('\n');
    }

    /** The meaning, with the range of a number and the names of a choice. */
    private static String describe(KeyInfo info) {
        Class<?> type = info.rawType();
        boolean ranged = type.isEnum() || Number.class.isAssignableFrom(type) || NUMBERS.contains(type);
        return info.key().doc() + (ranged ? " (" + Scalars.allowed(type, info.key()) + ")" : "");
    }

    private static String line(KeyInfo info, String indent) {
        if (info.isRequired()) {
            return indent + info.name() + ": " + info.key().example();
        }
        return info.key().byDefault().isEmpty()
                ? indent
                        + (info.key().example().isEmpty()
                                ? "# " + info.name() + ":"
                                : info.name() + ": " + info.key().example())
                : indent + info.name() + ": " + info.key().byDefault();
    }

    private static void comment(String text, String indent, StringBuilder out) {
        List<String> lines = new ArrayList<>(List.of(indent + "#"));
        for (String word : Arrays.asList(text.split(" "))) {
            String last = lines.get(lines.size() - 1);
            if (last.length() + 1 + word.length() <= WIDTH) {
                lines.set(lines.size() - 1, last + " " + word);
            } else {
                lines.add(indent + "# " + word);
            }
        }
        lines.forEach(line -> out.append(line).append('\n'));
    }
}
