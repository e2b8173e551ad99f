package org.alluvium.dashboard.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjDoubleConsumer;

/**
 * The numbers of one event, in memory that the next one takes over: a run has millions of steps, and a map for each would
 * cost more than all else. For one thread.
 */
final class Row {

    private static final int FIRST_CAPACITY = 16;

    private final List<String> names = new ArrayList<>();
    private double[] figures = new double[FIRST_CAPACITY];
    private long millis;

    /** Begins anew. */
    void clear(long timeMillis) {
        millis = timeMillis;
        names.clear();
    }

    void add(String name, double figure) {
        if (names.size() == figures.length) {
            figures = Arrays.copyOf(figures, 2 * figures.length);
        }
        figures[names.size()] = figure;
        names.add(name);
    }

    /** When the event was written, in milliseconds since the epoch. */
    long millis() {
        return millis;
    }

    /** A whole number, or the given one if the event has none of that name. */
    long whole(String name, long otherwise) {
        int index = names.indexOf(name);
        return index < 0 || Double.isNaN(figures[index]) ? otherwise : Math.round(figures[index]);
    }

    void forEach(ObjDoubleConsumer<String> action) {
        for (int i = 0; i < names.size(); i++) {
            action.accept(names.get(i), figures[i]);
        }
    }
}
