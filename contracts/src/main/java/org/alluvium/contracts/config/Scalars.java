package org.alluvium.contracts.config;

import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.alluvium.contracts.config.Tree.Scalar;

/**
 * How single values are written:
 *
 * <ul>
 *   <li>integers in decimal, with {@code Ki}, {@code Mi} or {@code Gi} for 2^10, 2^20 and 2^30: {@code 64Mi};
 *   <li>numbers with point and exponent: {@code 0.1}, {@code 3e-4};
 *   <li>durations as an integer and a unit: {@code 500ms}, {@code 2s}, {@code 5m}, {@code 1h}, {@code 365d};
 *   <li>choices as one of their names in lower case;
 *   <li>{@code true} and {@code false}; texts, which may be in quotes; paths, relative to the file they stand in.
 * </ul>
 */
final class Scalars {

    private static final Pattern INTEGER = Pattern.compile("([-+]?\\d+)(Ki|Mi|Gi)?");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
    private static final Map<String, Integer> BINARY_SHIFT = Map.of("Ki", 10, "Mi", 20, "Gi", 30);
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private Scalars() {}

    /** The value, or empty if it is not what {@link #allowed} says. */
    static Optional<?> parse(Scalar scalar, Class<?> type, Key key) {
        String text = scalar.text();
        if (type == String.class) {
            return Optional.of(text);
        }
        if (type == Path.class) {
            return path(scalar);
        }
        if (type == Location.class) {
            return location(scalar);
        }
        if (scalar.quoted()) {
            return Optional.empty();
        }
        if (type == int.class || type == Integer.class) {
            return integer(text, lowest(type, key), highest(type, key)).map(Math::toIntExact);
        }
        if (type == long.class) {
            return integer(text, lowest(type, key), highest(type, key));
        }
        if (type == double.class || type == Double.class) {
            return NUMBER.matcher(text).matches()
                    ? Optional.of(Double.parseDouble(text)).filter(d -> d >= key.min() && d <= key.max())
                    : Optional.empty();
        }
        if (type == boolean.class) {
            return text.equals("true") || text.equals("false")
                    ? Optional.of(Boolean.parseBoolean(text))
                    : Optional.empty();
        }
        if (type == Duration.class) {
            return duration(text).filter(d -> seconds(d) >= key.min() && seconds(d) <= key.max());
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> name(constant).equals(text))
                .findFirst();
    }

    /** What {@link #parse} accepts, in words. */
    static String allowed(Class<?> type, Key key) {
        if (type == int.class || type == Integer.class || type == long.class) {
            return "an integer" + range(lowest(type, key), highest(type, key), type == long.class);
        }
        if (type == double.class || type == Double.class) {
            return "a number" + range(key.min(), key.max());
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == Duration.class) {
            String least = key.min() > 0 ? ", at least " + written(Duration.ofMillis((long) (key.min() * 1000))) : "";
            return "a duration such as 500ms, 2s, 5m, 1h or 365d" + least;
        }
        if (type == Path.class) {
            return "a path";
        }
        if (type == Location.class) {
            return "a path or a URI such as s3://bucket/prefix";
        }
        if (type == Map.class) {
            return "a group of keys with texts";
        }
        return type.isEnum() ? String.join(", ", names(type)) : "a text";
    }

    /** The kind of value and its range, as briefly as a table has room for. */
    static String kind(Class<?> type, Key key) {
        if (type == boolean.class) {
            return "`true`, `false`";
        }
        if (type == Duration.class) {
            return "duration";
        }
        if (type.isEnum()) {
            return "`" + String.join("`, `", names(type)) + "`";
        }
        return allowed(type, key).replaceFirst("^an? ", "");
    }

    /** The names of a choice's values. */
    static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(Scalars::name).toList();
    }

    private static String name(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Path> path(Scalar scalar) {
        try {
            return scalar.text().isEmpty()
                    ? Optional.empty()
                    : Optional.of(scalar.at()
                            .base()
                            .resolve(scalar.text())
                            .toAbsolutePath()
                            .normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<Location> location(Scalar scalar) {
        try {
            return scalar.text().isEmpty()
                    ? Optional.empty()
                    : Optional.of(Location.parse(scalar.text(), scalar.at().base()));
        } catch (IllegalArgumentException e) { // of which a malformed path is one
            return Optional.empty();
        }
    }

    private static Optional<Long> integer(String text, long lowest, long highest) {
        Matcher matcher = INTEGER.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int shift = matcher.group(2) == null ? 0 : BINARY_SHIFT.get(matcher.group(2));
        BigInteger value = new BigInteger(matcher.group(1)).shiftLeft(shift);
        boolean inRange =
                value.compareTo(BigInteger.valueOf(lowest)) >= 0 && value.compareTo(BigInteger.valueOf(highest)) <= 0;
        return inRange ? Optional.of(value.longValue()) : Optional.empty();
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        return matcher.matches()
                ? Optional.of(Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2))))
                : Optional.empty();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String written(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    private static long lowest(Class<?> type, Key key) {
        return (long) Math.max(key.min(), type == long.class ? (double) Long.MIN_VALUE : Integer.MIN_VALUE);
    }

    private static long highest(Class<?> type, Key key) {
        return (long) Math.min(key.max(), type == long.class ? (double) Long.MAX_VALUE : Integer.MAX_VALUE);
    }

    private static String range(long lowest, long highest, boolean isLong) {
        boolean open = highest == (isLong ? Long.MAX_VALUE : Integer.MAX_VALUE);
        boolean openBelow = lowest == (isLong ? Long.MIN_VALUE : Integer.MIN_VALUE);
        if (open) {
            return openBelow ? "" : " of at least " + lowest;
        }
        return " from " + lowest + " to " + highest;
    }

    private static String range(double lowest, double highest) {
        if (highest == Double.POSITIVE_INFINITY) {
            return lowest == Double.NEGATIVE_INFINITY ? "" : " of at least " + plain(lowest);
        }
        return " from " + plain(lowest) + " to " + plain(highest);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
