package org.alluvium.contracts.metrics;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A metric as Prometheus knows it. Every name is {@code alluvium_<component>_<what>_<unit>}, with {@code _total} behind the unit
 * of a counter; units are base units (seconds, bytes, ratios from 0 to 1), or what is counted. Names and labels are an interface: never
 * rename one.
 *
 * @param name the whole of it
 * @param unit that the name ends in; {@link #PLAIN} where it is a plain number
 * @param labels whose values are bounded by the code or the configuration, never by data
 * @param help what it is, in a sentence on one line
 */
public record Metric(String name, Type type, String unit, List<String> labels, String help) {

    /** The unit of what has none: a position, or 1 for yes and 0 for no. */
    public static final String PLAIN = "1";

    private static final Pattern NAME = Pattern.compile("alluvium_(ingest|train|gateway|dashboard)_[a-z][a-z0-9_]*");

    /** What Prometheus may do with the values. */
    public enum Type {
        /** Only grows, and begins at 0 with each process. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** Counts of values up to each of several bounds, their sum, and their number. */
        HISTOGRAM;

        /** As Prometheus writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if the name does not keep to the scheme */
    public Metric {
        String end = (unit.equals(PLAIN) ? "" : "_" + unit) + (type == Type.COUNTER ? "_total" : "");
        if (!NAME.matcher(name).matches() || !name.endsWith(end)) {
            throw new IllegalArgumentException(name + " is no name of a " + type.word() + " in " + unit);
        }
        labels = List.copyOf(labels);
    }

    /** Something that only grows; its unit is what is counted. */
    public static Metric counter(String name, String unit, String help, String... labels) {
        return new Metric(name, Type.COUNTER, unit, List.of(labels), help);
    }

    /** Something that goes up and down. */
    public static Metric gauge(String name, String unit, String help, String... labels) {
        return new Metric(name, Type.GAUGE, unit, List.of(labels), help);
    }

    /** How long something took, in seconds. */
    public static Metric durations(String name, String help) {
        return new Metric(name, Type.HISTOGRAM, "seconds", List.of(), help);
    }
}
