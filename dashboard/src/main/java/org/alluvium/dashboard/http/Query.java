package org.alluvium.dashboard.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.alluvium.dashboard.series.Axis;
import org.alluvium.dashboard.series.Window;

/** The parameters of a request, each checked as it is asked for. Of a name that stands for one thing the last value counts. */
final class Query {

    /** Series in one request: more than any page draws. */
    private static final int MOST_NAMES = 64;

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    Query(URI uri) {
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.computeIfAbsent(decode(pair.substring(0, equals)), name -> new ArrayList<>())
                        .add(decode(pair.substring(equals + 1)));
            }
        }
    }

    Query(Map<String, List<String>> values) {
        this.values.putAll(values);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("The address is not well encoded.");
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name, String otherwise) {
        return values.containsKey(name) ? values.get(name).getLast() : otherwise;
    }

    double number(String name, double otherwise) {
        if (!values.containsKey(name)) {
            return otherwise;
        }
        try {
            return Double.parseDouble(values.get(name).getLast());
        } catch (NumberFormatException e) {
            throw Refusal.badRequest(name + " must be a number.");
        }
    }

    /** A whole number that has to be there, from 0. */
    long whole(String name) {
        double number = number(name, Double.NaN);
        if (!(number >= 0 && number == Math.rint(number) && number <= Long.MAX_VALUE)) {
            throw Refusal.badRequest(name + " must be a whole number.");
        }
        return (long) number;
    }

    /** A whole number from a smallest to a largest; the smallest if it is not there. */
    int whole(String name, int smallest, int largest) {
        double number = number(name, smallest);
        if (!(number >= smallest && number <= largest && number == Math.rint(number))) {
            throw Refusal.badRequest(name + " must be a whole number from " + smallest + " to " + largest + ".");
        }
        return (int) number;
    }

    /** All values of a name. */
    List<String> all(String name) {
        List<String> all = values.getOrDefault(name, List.of());
        if (all.size() > MOST_NAMES) {
            throw Refusal.badRequest(name + " must not be given more than " + MOST_NAMES + " times.");
        }
        return all;
    }

    /** The window that {@code axis}, {@code from}, {@code to}, {@code points}, {@code log} and {@code smooth} describe. */
    Window window() {
        try {
            return new Window(
                    Axis.valueOf(text("axis", "step").toUpperCase(Locale.ROOT)),
                    number("from", Double.NEGATIVE_INFINITY),
                    number("to", Double.POSITIVE_INFINITY),
                    (int) number("points", 800),
                    Boolean.parseBoolean(text("log", "false")),
                    number("smooth", 0));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("There is no such window: " + e.getMessage() + ".");
        }
    }
}
