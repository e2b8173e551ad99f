package org.alluvium.dashboard.series;

/**
 * The part of an axis that is drawn.
 *
 * @param axis what is drawn over
 * @param from first position
 * @param to last position
 * @param points most points to draw
 * @param logarithmic whether points stand evenly by the logarithm of their positions
 * @param smoothing weight of the past in the moving average, from 0 (none) to below 1
 */
public record Window(Axis axis, double from, double to, int points, boolean logarithmic, double smoothing) {

    /** Most points of any window: beyond what any screen is wide. */
    public static final int MOST_POINTS = 8_192;

    public Window {
        if (points < 2 || points > MOST_POINTS) {
            throw new IllegalArgumentException("points must be from 2 to " + MOST_POINTS);
        }
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("smoothing must be from 0 to below 1");
        }
        if (!(from <= to)) {
            throw new IllegalArgumentException("the window must not end before it begins");
        }
    }

    /** Where the column of a point ends, which is where the next begins. */
    double boundary(double first, double last, int column) {
        double share = (double) column / points;
        return logarithmic && first > 0 ? first * Math.pow(last / first, share) : first + (last - first) * share;
    }
}
