package org.alluvium.ingest.fasttext;

/** How the probabilities of the labels come out of the mean of the features. Immutable. */
sealed interface Output permits Output.Softmax, Output.OneVersusAll, HuffmanOutput {

    /** The probability of each label. */
    double[] probabilities(float[] mean);

    /** Probabilities that add up to one. */
    record Softmax(Matrix weights) implements Output {

        @Override
        public double[] probabilities(float[] mean) {
            double[] values = new double[weights.rows()];
            double highest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < values.length; i++) {
                values[i] = weights.dot(i, mean);
                highest = Math.max(highest, values[i]);
            }
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                values[i] = StrictMath.exp(values[i] - highest);
                sum += values[i];
            }
            for (int i = 0; i < values.length; i++) {
                values[i] /= sum;
            }
            return values;
        }
    }

    /** Each label for itself, as models trained with {@code ova} or {@code ns} have it. */
    record OneVersusAll(Matrix weights) implements Output {

        @Override
        public double[] probabilities(float[] mean) {
            double[] values = new double[weights.rows()];
            for (int i = 0; i < values.length; i++) {
                values[i] = sigmoid(weights.dot(i, mean));
            }
            return values;
        }
    }

    /** The logistic function. */
    static double sigmoid(float x) {
        return 1 / (1 + StrictMath.exp(-x));
    }
}
