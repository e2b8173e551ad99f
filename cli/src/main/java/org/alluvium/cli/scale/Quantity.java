package org.alluvium.cli.scale;

import java.util.Locale;

/**
 * A number with its unit. Sums and comparisons of different units are refused with an {@link IllegalArgumentException}.
 *
 * @param value in that unit
 * @param unit of the value
 */
public record Quantity(double value, Unit unit) {

    private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};
    private static final double THOUSAND = 1_000;

    Quantity plus(Quantity other) {
        return new Quantity(value + same(other).value, unit);
    }

    Quantity minus(Quantity other) {
        return new Quantity(value - same(other).value, unit);
    }

    Quantity times(Quantity other) {
        return new Quantity(value * other.value, unit.times(other.unit));
    }

    Quantity dividedBy(Quantity other) {
        return new Quantity(value / other.value, unit.dividedBy(other.unit));
    }

    Quantity smaller(Quantity other) {
        return new Quantity(Math.min(value, same(other).value), unit);
    }

    Quantity larger(Quantity other) {
        return new Quantity(Math.max(value, same(other).value), unit);
    }

    private Quantity same(Quantity other) {
        if (!unit.equals(other.unit)) {
            throw new IllegalArgumentException(unit + " and " + other.unit + " cannot be compared or added");
        }
        return other;
    }

    /** The number without its unit, with as many decimals as make three figures; thousands of more than a million as k, M, G and so on. */
    public String figure() {
        double scaled = value;
        int prefix = 0;
        if (Math.abs(value) >= THOUSAND * THOUSAND) {
            while (Math.abs(scaled) >= THOUSAND && prefix < PREFIXES.length - 1) {
                scaled /= THOUSAND;
                prefix++;
            }
        }
        String digits = digits(scaled);
        return prefix == 0 ? digits : digits + " " + PREFIXES[prefix];
    }

    private static String digits(double number) {
        double size = Math.abs(number);
        if (size >= THOUSAND || number == Math.rint(number)) {
            return String.format(Locale.ROOT, "%,.0f", number);
        }
        if (size < 0.01) {
            return String.format(Locale.ROOT, "%.2e", number);
        }
        return String.format(
                Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", number);
    }
}
