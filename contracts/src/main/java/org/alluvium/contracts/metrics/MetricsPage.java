package org.alluvium.contracts.metrics;

import java.util.List;

/**
 * Figures in Prometheus' text format, version 0.0.4. A family is begun before its values are given. Not thread-safe.
 */
public final class MetricsPage {

    /** For HTTP. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    /** Begins the family of a metric's values. */
    public void family(Metric metric) {
        text.append("# HELP ").append(metric.name()).append(' ').append(metric.help());
        text.append("\n# TYPE ")
                .append(metric.name())
                .append(' ')
                .append(metric.type().word());
        text.append('\n');
    }

    /** Gives a value of a family that was begun, with the values of the metric's labels in their order. */
    public void value(Metric metric, Number value, String... labelValues) {
        line(metric.name(), metric.labels(), List.of(labelValues), value);
    }

    /** A family of one value. */
    public void single(Metric metric, Number value) {
        family(metric);
        value(metric, value);
    }

    /** A line of a family, under a name that its type makes of the metric's. */
    void line(String name, List<String> labels, List<String> labelValues, Number value) {
        if (labels.size() != labelValues.size()) {
            throw new IllegalArgumentException(name + " has the labels " + labels + ", not " + labelValues);
        }
        text.append(name);
        for (int i = 0; i < labels.size(); i++) {
            text.append(i == 0 ? '{' : ',').append(labels.get(i)).append("=\"");
            text.append(escaped(labelValues.get(i))).append('"');
        }
        text.append(labels.isEmpty() ? " " : "} ").append(spelled(value)).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String spelled(Number value) {
        double number = value.doubleValue();
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        return value.toString();
    }

    /** All of it. */
    public String text() {
        return text.toString();
    }
}
