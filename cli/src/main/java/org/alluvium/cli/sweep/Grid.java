package org.alluvium.cli.sweep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.alluvium.contracts.error.ConfigException;

/** Keys of the configuration and the values that each of them takes; every combination is a point. */
public record Grid(List<Axis> axes) {

    private static final Set<String> OURS = Set.of("train.run", "corpus.dir");

    /** A key and its values. */
    public record Axis(String key, List<String> values) {

        public Axis {
            values = List.copyOf(values);
        }

        /** The last part of the key, for people. */
        String label() {
            return key.substring(key.lastIndexOf('.') + 1);
        }
    }

    public Grid {
        axes = List.copyOf(axes);
        Set<String> keys = new HashSet<>();
        for (Axis axis : axes) {
            require(!axis.key().isBlank() && !axis.values().isEmpty(), axis.key(), "Give a key and its values");
            require(keys.add(axis.key()), axis.key(), "Give each key once, with all of its values");
            require(!OURS.contains(axis.key()), axis.key(), "Leave it to the sweep, which gives each run its folder");
            require(Set.copyOf(axis.values()).size() == axis.values().size(), axis.key(), "Give each value once");
        }
    }

    private static void require(boolean holds, String key, String todo) {
        if (!holds) {
            throw new ConfigException("not an axis of a grid", key, todo);
        }
    }

    /**
     * Reads axes of the form {@code key=value,value}; a value has no commas.
     *
     * @throws ConfigException if one has another form
     */
    public static Grid parse(List<String> axes) {
        return new Grid(axes.stream().map(Grid::axis).toList());
    }

    private static Axis axis(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new ConfigException("not of the form key=value,value", text, "Write, for example, train.seed=1,2,3");
        }
        List<String> values = List.of(text.substring(equals + 1).split(",", -1));
        return new Axis(
                text.substring(0, equals).strip(),
                values.stream().map(String::strip).toList());
    }

    /** All combinations, the last axis changing fastest. */
    public List<Point> points() {
        List<Map<String, String>> combinations = List.of(Map.of());
        for (Axis axis : axes) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> shorter : combinations) {
                for (String value : axis.values()) {
                    Map<String, String> combination = new LinkedHashMap<>(shorter);
                    combination.put(axis.key(), value);
                    longer.add(combination);
                }
            }
            combinations = longer;
        }
        List<Point> points = new ArrayList<>(combinations.size());
        for (Map<String, String> combination : combinations) {
            points.add(new Point(this, combination));
        }
        return List.copyOf(points);
    }

    /**
     * One combination.
     *
     * @param settings a value for each key
     */
    public record Point(Grid grid, Map<String, String> settings) {

        public Point {
            settings = Map.copyOf(settings);
        }

        /** As overrides of the configuration. */
        public List<String> overrides() {
            return grid.axes().stream()
                    .map(axis -> axis.key() + "=" + settings.get(axis.key()))
                    .toList();
        }

        /** The settings for people, such as {@code learningRate=1e-3, layers=4}. */
        public String words() {
            return String.join(
                    ", ",
                    grid.axes().stream()
                            .map(axis -> axis.label() + "=" + settings.get(axis.key()))
                            .toList());
        }

        /** A name for the run's folder; points of one grid have different ones. */
        public String folder() {
            return String.join("+", overrides()).replaceAll("[^A-Za-z0-9.=+_-]", "_");
        }
    }
}
