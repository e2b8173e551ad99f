package org.alluvium.dashboard.series;

/**
 * An exponential moving average that does not lean towards zero at its begin: the weighted sum of the figures so far
 * over the sum of their weights (the correction of Kingma and Ba, 2015, section 3). Figures that are not finite are passed
 * over, and leave the average as it was.
 */
final class Smoothing {

    /** A figure whose weight is below this share no longer counts. */
    private static final double NEGLIGIBLE = 1e-12;

    private final double weight;
    private double sum;
    private double weights;

    Smoothing(double weight) {
        this.weight = weight;
    }

    /** How many figures before one suffice to know its average. */
    static int memory(double weight) {
        return weight == 0 ? 0 : (int) Math.ceil(Math.log(NEGLIGIBLE) / Math.log(weight));
    }

    double next(double figure) {
        if (Double.isFinite(figure)) {
            sum = weight * sum + (1 - weight) * figure;
            weights = weight * weights + (1 - weight);
        }
        return weights == 0 ? Double.NaN : sum / weights;
    }
}
