package org.alluvium.cli.status;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Values over steps, thinned out as they become many, so that a run without end takes a bounded space. */
final class Curve {

    private static final int MOST_POINTS = 4096;

    private final NavigableMap<Long, Double> points = new TreeMap<>();
    private long stride = 1;

    /** Sets the value of a step; those of later steps, left from before a resume, are forgotten. */
    void put(long step, double value) {
        points.tailMap(step, true).clear();
        if (step % stride == 0 || points.isEmpty()) {
            points.put(step, value);
        }
        if (points.size() > MOST_POINTS) {
            stride *= 2;
            points.entrySet().removeIf(this::isBetween);
        }
    }

    private boolean isBetween(Map.Entry<Long, Double> point) {
        return point.getKey() % stride != 0;
    }

    List<Double> values() {
        return List.copyOf(points.values());
    }
}
