package org.alluvium.dashboard.series;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The figures of one kind of event: a row for each event, a column for each figure. Steps ascend; a row whose step is not
 * above the last one's replaces it and all that follow, as a resumed run repeats its steps. Not thread-safe.
 */
public final class Track {

    private final Doubles steps = new Doubles();
    private final Doubles tokens = new Doubles();
    private final Doubles millis = new Doubles();
    private final Map<String, Pyramid> columns = new LinkedHashMap<>();
    private int cuts;

    /** Where a row stands on each axis. */
    public record Place(long step, long tokens, long millis) {}

    /** Begins a row; {@link #put} gives its figures. */
    public void begin(Place place) {
        if (steps.size() > 0 && place.step() <= steps.get(steps.size() - 1)) {
            cutFrom(place.step());
        }
        steps.add((double) place.step());
        tokens.add((double) place.tokens());
        millis.add((double) place.millis());
    }

    /** A figure of the row that was begun last. The first of two for one column counts. */
    public void put(String column, double figure) {
        Pyramid figures = columns.computeIfAbsent(column, name -> new Pyramid());
        if (figures.size() < steps.size()) {
            pad(figures, steps.size() - 1);
            figures.add(figure);
        }
    }

    /** Adds rows. */
    public void add(Rows rows) {
        int from = 0;
        while (from < rows.count()) {
            int to = from + 1;
            while (to < rows.count() && rows.steps()[to] > rows.steps()[to - 1]) {
                to++;
            }
            addAscending(rows, from, to);
            from = to;
        }
    }

    private void addAscending(Rows rows, int from, int to) {
        if (steps.size() > 0 && rows.steps()[from] <= steps.get(steps.size() - 1)) {
            cutFrom(Math.round(rows.steps()[from]));
        }
        int before = steps.size();
        steps.addAll(rows.steps(), from, to);
        tokens.addAll(rows.tokens(), from, to);
        millis.addAll(rows.millis(), from, to);
        for (int column = 0; column < rows.columns().size(); column++) {
            Pyramid figures = columns.computeIfAbsent(rows.columns().get(column), name -> new Pyramid());
            if (figures.size() <= before) {
                pad(figures, before);
                figures.addAll(rows.figures().get(column), from, to);
            }
        }
    }

    private static void pad(Pyramid figures, int length) {
        while (figures.size() < length) {
            figures.add(Double.NaN);
        }
    }

    /** Forgets the rows from a step on. */
    public void cutFrom(long step) {
        int length = steps.firstFrom((double) step);
        cuts += length < steps.size() ? 1 : 0;
        steps.truncate(length);
        tokens.truncate(length);
        millis.truncate(length);
        columns.values().forEach(column -> column.truncate(length));
    }

    public int rows() {
        return steps.size();
    }

    /** How often rows have been forgotten; as long as it is the same, so are the rows that there were. */
    public int cuts() {
        return cuts;
    }

    /** Whether every row from one on has a finite figure in a column. */
    public boolean allFinite(String column, int from) {
        Pyramid figures = columns.get(column);
        return figures != null && figures.size() == rows() && figures.allFinite(from);
    }

    /** The range of a column from a row on. */
    public Range range(String column, int from) {
        Pyramid figures = columns.get(column);
        return figures == null ? Range.NONE : figures.range(from, figures.size());
    }

    public Set<String> columns() {
        return Collections.unmodifiableSet(columns.keySet());
    }

    /** The figure of a row, NaN if it has none. */
    public double get(String column, int row) {
        Pyramid figures = columns.get(column);
        return figures == null || row >= figures.size() ? Double.NaN : figures.get(row);
    }

    /** The first row whose figure is not below a bound; empty if there is none. */
    public OptionalInt firstFrom(String column, double bound) {
        Pyramid figures = columns.get(column);
        int row = figures == null ? 0 : figures.firstFrom(bound);
        return figures == null || row == figures.size() ? OptionalInt.empty() : OptionalInt.of(row);
    }

    /** How many rows there were at a time, in milliseconds since the epoch. */
    public int rowsUntil(long time) {
        return millis.firstFrom(Math.nextUp((double) time));
    }

    private Doubles positions(Axis axis) {
        return switch (axis) {
            case STEP -> steps;
            case TOKENS -> tokens;
            case TIME -> millis;
        };
    }

    /** Rows from a step on, at most so many, with the figures of some columns. */
    public Table table(List<String> names, long fromStep, int limit) {
        int from = steps.firstFrom((double) fromStep);
        int to = (int) Math.min(rows(), (long) from + limit);
        List<Table.Row> rows = new ArrayList<>();
        for (int row = from; row < to; row++) {
            int at = row;
            rows.add(new Table.Row(
                    place(row), names.stream().map(name -> get(name, at)).toList()));
        }
        return new Table(names, rows);
    }

    /** Where a row stands. */
    public Place place(int row) {
        return new Place(Math.round(steps.get(row)), Math.round(tokens.get(row)), Math.round(millis.get(row)));
    }

    /** What is drawn of a column in a window; nothing if there is no such column. */
    public Points points(String column, Window window) {
        Points points = Points.empty();
        Pyramid figures = columns.get(column);
        if (figures == null) {
            return points;
        }
        Doubles x = positions(window.axis());
        int from = x.firstFrom(window.from());
        int to = Math.min(x.firstFrom(Math.nextUp(window.to())), figures.size());
        if (from >= to) {
            return points;
        }
        double first = x.get(from);
        double last = x.get(to - 1);
        Cursor cursor = new Cursor(figures, window.smoothing(), from);
        boolean all = to - from <= window.points();
        for (int point = 0, begin = from; begin < to; point++) {
            int end = all ? begin + 1 : end(x, window, first, last, point, to);
            if (end > begin) {
                points.add(x.get(end - 1), figures.range(begin, end), figures.get(end - 1), cursor.averageAt(end - 1));
                begin = end;
            }
        }
        return points;
    }

    private static int end(Doubles x, Window window, double first, double last, int column, int to) {
        return column >= window.points() - 1 ? to : Math.min(to, x.firstFrom(window.boundary(first, last, column + 1)));
    }

    /** Walks along the figures with their average. */
    private static final class Cursor {

        private final Pyramid figures;
        private final Smoothing smoothing;
        private int next;
        private double average = Double.NaN;

        Cursor(Pyramid figures, double weight, int from) {
            this.figures = figures;
            smoothing = new Smoothing(weight);
            next = Math.max(0, from - Smoothing.memory(weight));
        }

        double averageAt(int index) {
            for (; next <= index; next++) {
                average = smoothing.next(figures.get(next));
            }
            return average;
        }
    }
}
