package org.alluvium.bench.profile;

import java.util.Locale;

/**
 * A {@link CallTree} as a picture (Gregg: The Flame Graph, 2016), in SVG: a box is as wide as its share of all samples, and
 * what it called stands below it. Pointing at a box tells its name and share.
 */
public final class FlameGraph {

    private static final int WIDTH = 1200;
    private static final int ROW = 15;
    private static final double NARROWEST = 4;
    private static final double CHARACTER = 6.2;

    private final StringBuilder boxes = new StringBuilder();
    private final long all;
    private int deepest;

    private FlameGraph(long all) {
        this.all = all;
    }

    /** The picture. */
    public static String svg(CallTree tree) {
        FlameGraph graph = new FlameGraph(Math.max(1, tree.samples()));
        graph.draw(tree, 0, 0);
        int height = (graph.deepest + 1) * ROW;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"monospace\" font-size=\"10\">%n"
                        .formatted(WIDTH, height)
                + graph.boxes
                + "</svg>\n";
    }

    private void draw(CallTree node, double left, int depth) {
        double width = (double) WIDTH * node.samples() / all;
        if (width < NARROWEST) {
            return;
        }
        deepest = Math.max(deepest, depth);
        String label = shortName(node.name());
        int fits = (int) (width / CHARACTER);
        boxes.append("<g><title>%s, %.1f %%</title>".formatted(escaped(node.name()), 100.0 * node.samples() / all))
                .append("<rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" fill=\"%s\" stroke=\"white\"/>"
                        .formatted(number(left), depth * ROW, number(width), ROW, color(node.name())));
        if (fits > 2) {
            String shown = label.length() <= fits ? label : label.substring(0, fits - 1) + "…";
            boxes.append("<text x=\"%s\" y=\"%d\">%s</text>"
                    .formatted(number(left + 2), depth * ROW + ROW - 4, escaped(shown)));
        }
        boxes.append("</g>\n");
        double childLeft = left;
        for (CallTree child : node.children()) {
            draw(child, childLeft, depth + 1);
            childLeft += (double) WIDTH * child.samples() / all;
        }
    }

    /** Class and method. */
    private static String shortName(String name) {
        int method = name.lastIndexOf('.');
        return method < 0 ? name : name.substring(name.lastIndexOf('.', method - 1) + 1);
    }

    private static String color(String name) {
        if (name.startsWith("org.alluvium.")) {
            return "#f4a259";
        }
        if (name.startsWith("org.apache.flink.")) {
            return "#a3c4e0";
        }
        return name.startsWith("java.") || name.startsWith("jdk.") ? "#dddddd" : "#c9dbb2";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
