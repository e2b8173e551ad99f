package org.alluvium.contracts.metrics;

import java.util.Locale;

/**
 * Figures in Prometheus' text format, version 0.0.4. A metric has one unit, which its name ends in. A family is begun before its
 * values are given. Not thread-safe.
 */
public final class MetricsPage {

    /** For HTTP. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final String prefix;
    private final StringBuilder text = new StringBuilder();

    /**
     * A page without figures.
     *
     * @param prefix of all names, such as {@code alluvium_gateway_}
     */
    public MetricsPage(String prefix) {
        this.prefix = prefix;
    }

    /**
     * Begins a family of values.
     *
     * @param type {@code counter}, {@code gauge} or {@code histogram}
     * @param help what it is, in a sentence on one line
     */
    public void family(String name, String type, String help) {
        text.append("# HELP ")
                .append(prefix)
                .append(name)
                .append(' ')
                .append(help)
                .append('\n');
        text.append("# TYPE ")
                .append(prefix)
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }

    /**
     * Gives a value of the family.
     *
     * @param name with what the family's type puts behind it, and its labels
     */
    public void value(String name, Number value) {
        text.append(prefix).append(name).append(' ').append(spelled(value)).append('\n');
    }

    /** A family of one value. */
    public void single(String name, String type, String help, Number value) {
        family(name, type, help);
        value(name, value);
    }

    /** A label, to be put behind a name. */
    public static String label(String name, String value) {
        return "{" + name + "=\""
                + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"}";
    }

    private static String spelled(Number value) {
        double number = value.doubleValue();
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        return Double.isNaN(number) ? "NaN" : String.format(Locale.ROOT, "%s", value);
    }

    /** All of it. */
    public String text() {
        return text.toString();
    }
}
