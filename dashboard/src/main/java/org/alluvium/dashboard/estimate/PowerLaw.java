package org.alluvium.dashboard.estimate;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A loss that falls with the tokens trained on as {@code floor + scale · tokens^-exponent} (Kaplan et al., 2020; Hoffmann et al.,
 * 2022, with the model held fixed), fitted by least squares. What it says of a future assumes that nothing changes: neither
 * the data nor the learning rate.
 */
public final class PowerLaw {

    private static final int FEWEST_POINTS = 12;
    private static final double SMALLEST_EXPONENT = 0.02;
    private static final double EXPONENT_STEP = 0.001;
    private static final int EXPONENTS = 1_481;
    private static final double NORMAL_95 = 1.96;

    private final List<Curve> plausible;
    private final Curve best;

    private record Curve(double floor, double scale, double exponent, double squares) {

        double at(double tokens) {
            return floor + scale * Math.pow(tokens, -exponent);
        }
    }

    /**
     * A loss after so many tokens.
     *
     * @param tokens trained on
     * @param loss in nats
     */
    public record Point(double tokens, double loss) {}

    /**
     * What the fit says of some tokens.
     *
     * @param tokens trained on
     * @param loss of the best curve
     * @param low smallest of the curves that the points do not rule out at 95 percent
     * @param high largest
     */
    public record Forecast(double tokens, double loss, double low, double high) {}

    private PowerLaw(Curve best, List<Curve> plausible) {
        this.best = best;
        this.plausible = plausible;
    }

    /**
     * Fits points whose errors are about independent, such as means over stretches of a run.
     *
     * @return nothing if there are too few points, or loss does not fall
     */
    public static Optional<PowerLaw> fit(List<Point> points) {
        if (points.size() < FEWEST_POINTS) {
            return Optional.empty();
        }
        List<Curve> curves = IntStream.range(0, EXPONENTS)
                .mapToObj(i -> curve(points, SMALLEST_EXPONENT + i * EXPONENT_STEP))
                .filter(curve -> curve.scale() > 0 && curve.floor() >= 0)
                .toList();
        return curves.stream()
                .min((one, other) -> Double.compare(one.squares(), other.squares()))
                .map(best -> new PowerLaw(best, plausible(curves, best, points.size())));
    }

    /** Those that a likelihood-ratio test of one parameter lets stand. */
    private static List<Curve> plausible(List<Curve> curves, Curve best, int points) {
        double most = best.squares() * (1 + NORMAL_95 * NORMAL_95 / (points - 3.0));
        return curves.stream().filter(curve -> curve.squares() <= most).toList();
    }

    /** The best floor and scale for an exponent: a straight line over tokens^-exponent. */
    private static Curve curve(List<Point> points, double exponent) {
        double n = points.size();
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (Point point : points) {
            double at = Math.pow(point.tokens(), -exponent);
            x += at;
            y += point.loss();
            xx += at * at;
            xy += at * point.loss();
        }
        double scale = (n * xy - x * y) / (n * xx - x * x);
        double floor = (y - scale * x) / n;
        double squares = 0;
        for (Point point : points) {
            double error = floor + scale * Math.pow(point.tokens(), -exponent) - point.loss();
            squares += error * error;
        }
        return new Curve(floor, scale, exponent, squares);
    }

    /** The loss that no amount of tokens goes below. */
    public double floor() {
        return best.floor();
    }

    public double exponent() {
        return best.exponent();
    }

    /** The loss after so many tokens. */
    public Forecast at(double tokens) {
        return new Forecast(
                tokens,
                best.at(tokens),
                plausible.stream().mapToDouble(curve -> curve.at(tokens)).min().orElse(best.at(tokens)),
                plausible.stream().mapToDouble(curve -> curve.at(tokens)).max().orElse(best.at(tokens)));
    }
}
