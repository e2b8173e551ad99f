package org.alluvium.cli.scale;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.error.ConfigException;

/**
 * Inputs, and formulas over them and over lines before. The formula that is shown is the formula that is computed, and what it
 * gives must have the unit that the line says.
 *
 * @param inputs by name
 * @param sections in order
 */
public record Sheet(Map<String, Input> inputs, List<Section> sections) {

    private static final double SAME = 1e-12;

    /** Lines about one thing. */
    public record Section(String title, List<Line> lines) {
        public Section {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A figure to compute.
     *
     * @param name by which later lines know it
     * @param unit that it has, as it is to be written
     * @param about what it says
     * @param formula in {@link Formula}'s language
     */
    public record Line(String name, String unit, String about, String formula) {}

    /**
     * A line that was computed.
     *
     * @param section its title
     * @param figures the formula with figures in place of names
     * @param value with the line's unit
     */
    public record Result(String section, Line line, String figures, Quantity value) {

        /** The value with its unit, as people read it. */
        public String written() {
            return Sheet.written(value, line.unit());
        }
    }

    public Sheet {
        inputs = new LinkedHashMap<>(inputs);
        sections = List.copyOf(sections);
    }

    /** This sheet with other values of some inputs. */
    public Sheet with(Map<String, Double> values, String source) {
        Map<String, Input> changed = new LinkedHashMap<>(inputs);
        values.forEach((name, value) -> changed.put(name, input(name).with(value, source)));
        return new Sheet(changed, sections);
    }

    /** An input. */
    public Input input(String name) {
        Input input = inputs.get(name);
        if (input == null) {
            throw new ConfigException(
                    "there is no input '" + name + "'",
                    "estimate",
                    "Take one of " + String.join(", ", inputs.keySet()));
        }
        return input;
    }

    /** All lines, in order. */
    public List<Result> compute() {
        Map<String, Quantity> values = new LinkedHashMap<>();
        Map<String, String> units = new LinkedHashMap<>();
        inputs.forEach((name, input) -> {
            values.put(name, input.quantity());
            units.put(name, input.unit());
        });
        List<Result> results = new ArrayList<>();
        for (Section section : sections) {
            for (Line line : section.lines()) {
                Result result = compute(section, line, values, units);
                results.add(result);
                values.put(line.name(), result.value());
                units.put(line.name(), line.unit());
            }
        }
        return results;
    }

    private static Result compute(Section section, Line line, Map<String, Quantity> values, Map<String, String> units) {
        try {
            Formula formula = Formula.parse(line.formula());
            Quantity value = formula.value(name -> known(name, values));
            Unit expected = Unit.parse(line.unit());
            if (!value.unit().equals(expected)) {
                throw new IllegalArgumentException("it gives " + value.unit() + ", not " + expected);
            }
            String figures = formula.text(name -> written(values.get(name), units.get(name)));
            return new Result(section.title(), line, figures, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("line '" + line.name() + "': " + e.getMessage(), e);
        }
    }

    private static Quantity known(String name, Map<String, Quantity> values) {
        Quantity value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("nothing before it is called '" + name + "'");
        }
        return value;
    }

    /** A figure with its unit, as people read it. */
    public static String written(Quantity quantity, String unit) {
        if (unit.equals("1")) {
            return quantity.figure();
        }
        String figure = quantity.figure();
        boolean one = Math.abs(quantity.value() - 1) < SAME;
        return unit.startsWith("bytes") && !Character.isDigit(figure.charAt(figure.length() - 1))
                ? figure + "B" + unit.substring("bytes".length())
                : figure + " " + (one ? Unit.parse(unit).toString() : unit);
    }
}
