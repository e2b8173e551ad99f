package org.alluvium.cli.scale;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A unit such as {@code bytes/document}: names with whole powers. A plural means its singular, {@code 1} is no unit, and every
 * name behind a stroke divides.
 *
 * @param powers by name, none of them zero
 */
record Unit(Map<String, Integer> powers) {

    private static final Pattern PART = Pattern.compile("([*/]?)([A-Za-z]+|1)");
    private static final Pattern WHOLE = Pattern.compile("([A-Za-z]+|1)([*/][A-Za-z]+)*");

    static final Unit NONE = new Unit(Map.of());

    Unit {
        powers = Map.copyOf(powers);
    }

    /** What {@link #toString} gives, and the same with plurals. */
    static Unit parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no unit");
        }
        Map<String, Integer> powers = new TreeMap<>();
        PART.matcher(text).results().filter(part -> !part.group(2).equals("1")).forEach(part -> {
            int sign = part.group(1).equals("/") ? -1 : 1;
            powers.merge(singular(part.group(2)), sign, Integer::sum);
        });
        powers.values().removeIf(power -> power == 0);
        return new Unit(powers);
    }

    private static String singular(String name) {
        return name.endsWith("ies") ? name.replaceFirst("ies$", "y") : name.replaceFirst("s$", "");
    }

    Unit times(Unit other) {
        return combine(other, 1);
    }

    Unit dividedBy(Unit other) {
        return combine(other, -1);
    }

    private Unit combine(Unit other, int sign) {
        Map<String, Integer> product = new TreeMap<>(powers);
        other.powers.forEach((name, power) -> product.merge(name, sign * power, Integer::sum));
        product.values().removeIf(power -> power == 0);
        return new Unit(product);
    }

    /** The unit whose square this is. */
    Unit root() {
        if (powers.values().stream().anyMatch(power -> power % 2 != 0)) {
            throw new IllegalArgumentException("the square root of " + this + " has no unit");
        }
        Map<String, Integer> root = new TreeMap<>();
        powers.forEach((name, power) -> root.put(name, power / 2));
        return new Unit(root);
    }

    @Override
    public String toString() {
        String above = names(1, "*");
        return (above.isEmpty() ? "1" : above) + (names(-1, "/").isEmpty() ? "" : "/" + names(-1, "/"));
    }

    private String names(int sign, String between) {
        return new TreeMap<>(powers)
                .entrySet().stream()
                        .filter(entry -> entry.getValue() * sign > 0)
                        .flatMap(entry -> Collections.nCopies(Math.abs(entry.getValue()), entry.getKey()).stream())
                        .collect(Collectors.joining(between));
    }
}
