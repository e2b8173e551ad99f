package org.alluvium.ingest.markdown;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * The block of YAML between lines of three hyphens that a document may begin with. A block that is no mapping of scalars
 * and lists is not front matter but text, so that a document may also begin with a rule.
 *
 * @param values the scalars as they are written, by key, and lists with their elements separated by commas
 * @param length characters of the document up to where its text begins
 */
record FrontMatter(Map<String, String> values, int length) {

    private static final FrontMatter NONE = new FrontMatter(Map.of(), 0);

    /** Longer blocks are text. */
    private static final int MAX_CHARACTERS = 64 * 1024;

    private static final Pattern BEGIN = Pattern.compile("---[ \t]*\r?\n");
    private static final Pattern END = Pattern.compile("^(?:---|\\.\\.\\.)[ \t]*(?:\r?\n|\\z)", Pattern.MULTILINE);

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setSchema(new FailsafeSchema()).build();

    static FrontMatter of(String document) {
        Matcher begin = BEGIN.matcher(document);
        if (!begin.lookingAt()) {
            return NONE;
        }
        Matcher end = END.matcher(document).region(begin.end(), Math.min(document.length(), MAX_CHARACTERS));
        if (!end.find()) {
            return NONE;
        }
        try {
            Object yaml = new Load(SETTINGS).loadFromString(document.substring(begin.end(), end.start()));
            return yaml instanceof Map<?, ?> mapping ? of(mapping, end.end()) : NONE;
        } catch (YamlEngineException notYaml) {
            return NONE;
        }
    }

    private static FrontMatter of(Map<?, ?> mapping, int length) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : mapping.entrySet()) {
            String value = text(entry.getValue());
            if (!value.isBlank()) {
                values.put(String.valueOf(entry.getKey()), value);
            }
        }
        return new FrontMatter(values, length);
    }

    private static String text(Object value) {
        if (value instanceof Iterable<?> list) {
            StringBuilder joined = new StringBuilder();
            list.forEach(element -> joined.append(joined.isEmpty() ? "" : ", ").append(element));
            return joined.toString();
        }
        return value == null ? "" : value.toString();
    }
}
