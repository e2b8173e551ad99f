package org.alluvium.cli.scale;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.StorageException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The format of sheets, in YAML:
 *
 * <pre>
 * inputs:
 *   NAME: { value: number, unit: unit, kind: chosen|measured|counted|assumed|price, source: text }
 * sections:
 *   - title: text
 *     lines:
 *       - { name: NAME, unit: unit, about: text, formula: expression }
 * </pre>
 *
 * A file of one's own inputs has {@code inputs} alone, with a value for each name and, if one likes, a source.
 */
public final class SheetFile {

    /** What a corpus takes, and training on it. */
    public static final String CORPUS = "corpus.yaml";

    /** What a stream is like, for {@code cli.stream}. */
    public static final String STREAM = "stream.yaml";

    private static final List<String> INPUT_KEYS = List.of("value", "unit", "kind", "source");

    private final String label;

    SheetFile(String label) {
        this.label = label;
    }

    /** The sheet of a corpus, or that of a stream, as it comes with this program. */
    public static Sheet builtIn(String resource) {
        try (InputStream in = SheetFile.class.getResourceAsStream(resource)) {
            return new SheetFile(resource).sheet(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + resource + " cannot be read", e);
        }
    }

    /** A sheet with the values of somebody's file. */
    public static Sheet overlay(Sheet sheet, Path file) {
        try {
            return new SheetFile(file.toString()).overlay(sheet, Files.readString(file));
        } catch (IOException e) {
            throw StorageException.of("read the inputs", file, e);
        }
    }

    Sheet sheet(String yaml) {
        Map<?, ?> root = map(load(yaml), "the file");
        Map<String, Input> inputs = new LinkedHashMap<>();
        map(root.get("inputs"), "inputs").forEach((name, node) -> {
            Map<?, ?> members = map(node, name.toString());
            String unit = text(members, "unit", name);
            inputs.put(
                    name.toString(),
                    new Input(
                            name.toString(),
                            new Quantity(number(members, name), Unit.parse(unit)),
                            unit,
                            Input.Kind.valueOf(text(members, "kind", name).toUpperCase(Locale.ROOT)),
                            text(members, "source", name)));
        });
        List<Sheet.Section> sections = new ArrayList<>();
        for (Object node : list(root.get("sections"))) {
            Map<?, ?> section = map(node, "a section");
            List<Sheet.Line> lines = list(section.get("lines")).stream()
                    .map(line -> line(map(line, "a line")))
                    .toList();
            sections.add(new Sheet.Section(text(section, "title", "a section"), lines));
        }
        return new Sheet(inputs, sections);
    }

    private Sheet.Line line(Map<?, ?> line) {
        Object name = line.get("name");
        return new Sheet.Line(
                text(line, "name", "a line"),
                text(line, "unit", name),
                text(line, "about", name),
                text(line, "formula", name));
    }

    Sheet overlay(Sheet sheet, String yaml) {
        Sheet changed = sheet;
        for (Map.Entry<?, ?> entry :
                map(map(load(yaml), "the file").get("inputs"), "inputs").entrySet()) {
            Map<?, ?> members = map(entry.getValue(), entry.getKey().toString());
            members.keySet()
                    .forEach(key -> require(INPUT_KEYS.contains(key.toString()), entry.getKey(), "no '" + key + "'"));
            String source = members.containsKey("source") ? text(members, "source", entry.getKey()) : label;
            changed = changed.with(Map.of(entry.getKey().toString(), number(members, entry.getKey())), source);
        }
        return changed;
    }

    private Object load(String yaml) {
        try {
            return new Load(LoadSettings.builder().build()).loadFromString(yaml);
        } catch (YamlEngineException e) {
            throw new ConfigException(e.getMessage(), label, "Correct the YAML");
        }
    }

    private Map<?, ?> map(Object node, String what) {
        require(node instanceof Map, what, "names with values");
        return (Map<?, ?>) node;
    }

    private List<?> list(Object node) {
        require(node == null || node instanceof List, "sections", "a list");
        return node == null ? List.of() : (List<?>) node;
    }

    private double number(Map<?, ?> members, Object owner) {
        require(members.get("value") instanceof Number, owner, "a number as its value");
        return ((Number) members.get("value")).doubleValue();
    }

    private String text(Map<?, ?> members, String key, Object owner) {
        Object value = members.get(key);
        require(value != null, owner, "'" + key + "'");
        return String.valueOf(value);
    }

    private void require(boolean held, Object owner, String expected) {
        if (!held) {
            throw new ConfigException(
                    "'" + owner + "' needs " + expected, label, "Write it as estimate --json shows the inputs");
        }
    }
}
