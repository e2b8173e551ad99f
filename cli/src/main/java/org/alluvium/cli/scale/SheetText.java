package org.alluvium.cli.scale;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.alluvium.cli.scale.Sheet.Result;

/** A computed sheet for people, for programs and for a page. */
public final class SheetText {

    private SheetText() {}

    /** Every line as name, formula, the formula in figures, result and unit, under the titles of sections. */
    public static String lines(List<Result> results) {
        StringBuilder text = new StringBuilder();
        String section = "";
        for (Result result : results) {
            if (!result.section().equals(section)) {
                section = result.section();
                text.append(text.isEmpty() ? "" : "\n\n").append(section).append('\n');
            }
            text.append("\n  ")
                    .append(result.line().name())
                    .append(": ")
                    .append(result.line().about())
                    .append("\n    = ")
                    .append(result.line().formula())
                    .append("\n    = ")
                    .append(result.figures())
                    .append("\n    = ")
                    .append(result.written());
        }
        return text.toString();
    }

    /** Inputs with their sources, and lines. */
    public static Map<String, Object> json(Sheet sheet, List<Result> results) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        sheet.inputs().values().forEach(input -> inputs.put(input.name(), json(input)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("inputs", inputs);
        json.put("lines", results.stream().map(SheetText::json).toList());
        return json;
    }

    /** An input, without its name. */
    public static Map<String, Object> json(Input input) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("value", input.quantity().value());
        json.put("unit", input.unit());
        json.put("kind", input.kind().name().toLowerCase(Locale.ROOT));
        json.put("source", input.source());
        return json;
    }

    private static Map<String, Object> json(Result result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("section", result.section());
        json.put("name", result.line().name());
        json.put("about", result.line().about());
        json.put("formula", result.line().formula());
        json.put("figures", result.figures());
        json.put("value", result.value().value());
        json.put("unit", result.line().unit());
        return json;
    }

    /**
     * A table in Markdown that compares sheets.
     *
     * @param columns what each assumes, and its lines
     * @param names lines that are compared, in order
     */
    public static String table(Map<String, List<Result>> columns, List<String> names) {
        StringBuilder table = new StringBuilder("| | ")
                .append(String.join(" | ", columns.keySet()))
                .append(" |\n|---");
        table.append("|---".repeat(columns.size())).append("|\n");
        for (String name : names) {
            List<Result> row = columns.values().stream()
                    .map(results -> results.stream()
                            .filter(result -> result.line().name().equals(name))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException("there is no line '" + name + "'")))
                    .toList();
            table.append("| ").append(row.getFirst().line().about()).append(" | ");
            table.append(row.stream().map(Result::written).collect(Collectors.joining(" | ")))
                    .append(" |\n");
        }
        return table.toString();
    }

    /** All inputs that were measured or are assumed, in Markdown. */
    public static String inputs(Sheet sheet, List<Input.Kind> kinds) {
        return "| input | value | kind | source |\n|---|---|---|---|\n"
                + sheet.inputs().values().stream()
                        .filter(input -> kinds.contains(input.kind()))
                        .map(input -> "| `" + input.name() + "` | " + Sheet.written(input.quantity(), input.unit())
                                + " | " + input.kind().name().toLowerCase(Locale.ROOT) + " | " + input.source()
                                + " |\n")
                        .collect(Collectors.joining());
    }
}
