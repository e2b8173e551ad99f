package org.alluvium.ingest.quality;

/**
 * A logistic regression over hashed features: how likely a text is one of the reference corpus rather than a raw one, if
 * both were equally frequent. Immutable and thread-safe.
 *
 * <p>The score is {@code 1 / (1 + exp(-m))} with {@code m = bias + sum of the weights of all n terms / sqrt(n)}. Spark's
 * regression, which GPT-3 used, has the plain sum of the terms; there m grows with a text's length and all long texts score
 * 0 or 1. Dividing by the root of n leaves long texts only as much more certain as more terms are more evidence. Sums are in
 * double precision and in the order of the text, the exponential is {@link StrictMath}'s: scores are equal to the last bit
 * on every platform.
 */
public final class QualityModel {

    private final Features features;
    private final double bias;
    private final float[] weights;
    private final Training training;

    /**
     * How a model came about.
     *
     * @param referenceDocuments distinct texts of the reference corpus
     * @param rawDocuments distinct raw texts
     * @param passes over all of them
     * @param seed that their order came from
     */
    public record Training(long referenceDocuments, long rawDocuments, int passes, long seed) {}

    /** @param weights of the buckets of the features; owned by the model from here on */
    QualityModel(Features features, double bias, float[] weights, Training training) {
        if (weights.length != features.buckets()) {
            throw new IllegalArgumentException(
                    features + " has " + features.buckets() + " buckets, not " + weights.length);
        }
        this.features = features;
        this.bias = bias;
        this.weights = weights;
        this.training = training;
    }

    public Features features() {
        return features;
    }

    public Training training() {
        return training;
    }

    double bias() {
        return bias;
    }

    float weight(int bucket) {
        return weights[bucket];
    }

    /** The score of a text, in [0, 1]; the more, the more it is like the reference corpus. */
    public double score(String text) {
        Sum sum = new Sum();
        features.forEach(text, sum::add);
        return probability(bias + sum.weights * scale(sum.terms));
    }

    /** What terms count for in a text that has so many. */
    static double scale(int terms) {
        return terms == 0 ? 0 : 1 / Math.sqrt(terms);
    }

    static double probability(double margin) {
        return 1 / (1 + StrictMath.exp(-margin));
    }

    private final class Sum {

        private double weights;
        private int terms;

        void add(int bucket) {
            weights += weight(bucket);
            terms++;
        }
    }
}
