package org.alluvium.bench.ablation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.event.EventReader;

/** Held-out bits per byte of a run over the tokens it was trained on, in order. */
record Curve(List<Point> points) {

    /** After so many tokens. */
    record Point(double tokens, double bitsPerByte) {}

    Curve {
        points = List.copyOf(points);
    }

    /** The curve that a run's events tell; a step that was taken again after a kill counts once. */
    static Curve read(Path events) {
        Map<Double, Double> tokens = new TreeMap<>();
        Map<Double, Double> scores = new TreeMap<>();
        for (Event event : EventReader.readAll(events)) {
            double step = event.number("step", -1);
            switch (event.type()) {
                case "step" -> tokens.put(step, event.number("tokens", Double.NaN));
                case "eval" -> scores.put(step, event.number("heldOutBitsPerByte", Double.NaN));
                default -> {}
            }
        }
        List<Point> points = new ArrayList<>();
        scores.forEach((step, score) -> points.add(new Point(tokens.getOrDefault(step, 0.0), score)));
        return new Curve(points);
    }

    double last() {
        return points.getLast().bitsPerByte();
    }

    /** Tokens after which the curve first is at the target or below, on straight lines between points. */
    OptionalDouble tokensTo(double target) {
        for (int i = 0; i < points.size(); i++) {
            Point here = points.get(i);
            if (here.bitsPerByte() <= target) {
                return OptionalDouble.of(i == 0 ? here.tokens() : between(points.get(i - 1), here, target));
            }
        }
        return OptionalDouble.empty();
    }

    private static double between(Point above, Point below, double target) {
        double share = (above.bitsPerByte() - target) / (above.bitsPerByte() - below.bitsPerByte());
        return above.tokens() + share * (below.tokens() - above.tokens());
    }
}
