package org.alluvium.cli.sweep;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Bits per byte over tokens as a picture, in SVG: a line a series, and a legend in the order of the series. */
public final class CurvePlot {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 480;
    private static final int LEFT = 60;
    private static final int TOP = 20;
    private static final int PLOT_WIDTH = 560;
    private static final int PLOT_HEIGHT = 410;
    private static final int LEGEND_LINE = 18;
    private static final int TICKS = 6;

    /** Okabe and Ito's colours, which people who see few colours tell apart; a second round is dashed. */
    private static final List<String> COLORS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#b0a000");

    private final StringBuilder marks = new StringBuilder();
    private final Axis tokens;
    private final Axis bits;

    private CurvePlot(List<Series> series) {
        tokens = Axis.of(series, mark -> (double) mark.tokens());
        bits = Axis.of(series, Outcome.Mark::bitsPerByte);
    }

    /** A named line. */
    public record Series(String name, List<Outcome.Mark> marks) {

        public Series {
            marks = marks.stream()
                    .filter(mark -> Double.isFinite(mark.bitsPerByte()))
                    .toList();
        }
    }

    /** The range of an axis, with round numbers at its ticks. */
    private record Axis(double from, double to, double step) {

        static Axis of(List<Series> series, ToDoubleFunction<Outcome.Mark> value) {
            Stream<Outcome.Mark> all = series.stream().flatMap(line -> line.marks().stream());
            DoubleStream values = all.mapToDouble(value).sorted();
            double[] sorted = values.toArray();
            double least = sorted.length == 0 ? 0 : sorted[0];
            double most = sorted.length == 0 ? 1 : sorted[sorted.length - 1];
            double step = roundStep((most > least ? most - least : Math.max(1, Math.abs(most))) / TICKS);
            return new Axis(Math.floor(least / step) * step, Math.ceil(most / step + 1e-9) * step, step);
        }

        /** The smallest of 1, 2 and 5 times a power of ten that is no less. */
        private static double roundStep(double least) {
            double power = Math.pow(10, Math.floor(Math.log10(least)));
            return DoubleStream.of(1, 2, 5)
                    .map(factor -> factor * power)
                    .filter(step -> step >= least)
                    .findFirst()
                    .orElse(10 * power);
        }

        double share(double value) {
            return (value - from) / (to - from);
        }

        int ticks() {
            return (int) Math.round((to - from) / step);
        }

        double tick(int index) {
            return from + index * step;
        }
    }

    /** The picture of named lines. */
    public static String svg(List<Series> series) {
        CurvePlot plot = new CurvePlot(series);
        plot.drawGrid();
        for (int i = 0; i < series.size(); i++) {
            plot.draw(series.get(i), i);
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n"
                        .formatted(WIDTH, HEIGHT)
                + "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n".formatted(WIDTH, HEIGHT)
                + plot.marks
                + "</svg>\n";
    }

    private void drawGrid() {
        for (int i = 0; i <= tokens.ticks(); i++) {
            double x = x(tokens.tick(i));
            line(x, TOP, x, TOP + PLOT_HEIGHT);
            text(x, TOP + PLOT_HEIGHT + 16, "middle", millions(tokens.tick(i)));
        }
        for (int i = 0; i <= bits.ticks(); i++) {
            double y = y(bits.tick(i));
            line(LEFT, y, LEFT + PLOT_WIDTH, y);
            text(LEFT - 6, y + 4, "end", String.format(Locale.ROOT, "%.4g", bits.tick(i)));
        }
        text(LEFT + PLOT_WIDTH / 2.0, HEIGHT - 12, "middle", "million tokens");
        text(LEFT, TOP - 6, "middle", "bits per byte");
    }

    private static String millions(double tokens) {
        return String.format(Locale.ROOT, "%.3g", tokens / 1e6);
    }

    private void draw(Series series, int index) {
        String stroke = "stroke=\"%s\" stroke-width=\"1.5\"%s"
                .formatted(
                        COLORS.get(index % COLORS.size()),
                        index / COLORS.size() % 2 == 1 ? " stroke-dasharray=\"5 3\"" : "");
        StringBuilder points = new StringBuilder();
        for (Outcome.Mark mark : series.marks()) {
            points.append("%s,%s ".formatted(number(x((double) mark.tokens())), number(y(mark.bitsPerByte()))));
        }
        marks.append("<polyline fill=\"none\" %s points=\"%s\"/>\n"
                .formatted(stroke, points.toString().strip()));
        int legendLeft = LEFT + PLOT_WIDTH + 16;
        int y = TOP + 8 + index * LEGEND_LINE;
        marks.append("<path d=\"M%d %dh20\" %s/>\n".formatted(legendLeft, y - 4, stroke));
        text(legendLeft + 26, y, "start", series.name());
    }

    private double x(double value) {
        return LEFT + PLOT_WIDTH * tokens.share(value);
    }

    private double y(double value) {
        return TOP + PLOT_HEIGHT * (1 - bits.share(value));
    }

    private void line(double x1, double y1, double x2, double y2) {
        marks.append("<path d=\"M%s %sL%s %s\" stroke=\"#dddddd\"/>\n"
                .formatted(number(x1), number(y1), number(x2), number(y2)));
    }

    private void text(double x, double y, String anchor, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        marks.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(number(x), number(y), anchor, escaped));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
