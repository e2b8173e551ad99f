package org.alluvium.ingest.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.ingest.text.ContentDraw;

/**
 * Learns a {@link QualityModel}: logistic loss, with reference and raw texts of equal weight in total, plus a quadratic
 * penalty on the weights, minimized by stochastic gradient descent with steps of AdaGrad (Duchi, Hazan and Singer, 2011).
 * Each pass visits the texts in the order of what they draw for it, so that a model depends on the set of texts and the plan
 * alone, not on the order in which they were added.
 */
public final class QualityTrainer {

    /** Apart from other purposes of draws; the seed and the pass are added to it. */
    private static final long ORDER = 0x0D7C_0000_0000_0000L;

    /** Keeps the first steps of a weight finite. */
    private static final double TINY = 1e-8;

    private final Plan plan;
    private final List<Example> examples = new ArrayList<>();
    private final long[] counts = new long[2];

    /**
     * How to learn.
     *
     * @param passes over all texts
     * @param rate length of a weight's first step
     * @param penalty factor of a quarter of the squared weights
     * @param seed of the order of texts
     */
    public record Plan(Features features, int passes, double rate, double penalty, long seed) {

        public Plan {
            if (passes < 1) {
                throw new IllegalArgumentException("texts must be passed over at least once, not " + passes + " times");
            }
        }

        /** What has proved itself. */
        public static Plan of(Features features) {
            return new Plan(features, 5, 0.05, 1e-6, 1);
        }

        /** The same plan with another number of passes. */
        public Plan withPasses(int number) {
            return new Plan(features, number, rate, penalty, seed);
        }

        /** The same plan with another seed. */
        public Plan withSeed(long other) {
            return new Plan(features, passes, rate, penalty, other);
        }
    }

    private record Example(ContentHash hash, boolean reference, Sample sample) {}

    public QualityTrainer(Plan plan) {
        this.plan = plan;
    }

    /** Takes a text to learn from; each text only once. */
    public void add(ContentHash hash, String text, boolean reference) {
        examples.add(new Example(hash, reference, Sample.of(text, plan.features())));
        counts[reference ? 1 : 0]++;
    }

    /**
     * Learns from all that was added.
     *
     * @throws IllegalStateException if nothing was added of the one or the other
     */
    public QualityModel train() {
        if (counts[0] == 0 || counts[1] == 0) {
            throw new IllegalStateException(
                    "nothing to tell apart: " + counts[1] + " reference texts, " + counts[0] + " raw");
        }
        Descent descent = new Descent();
        for (int pass = 0; pass < plan.passes(); pass++) {
            for (Example example : inOrderOf(pass)) {
                double share = examples.size() / (2.0 * counts[example.reference() ? 1 : 0]);
                descent.step(example.sample(), example.reference(), share);
            }
        }
        return new QualityModel(
                plan.features(),
                descent.bias,
                descent.weights,
                new QualityModel.Training(counts[1], counts[0], plan.passes(), plan.seed()));
    }

    private record Place(double draw, Example example) {}

    private List<Example> inOrderOf(int pass) {
        long purpose = ORDER + plan.seed() * 1_000_003 + pass;
        return examples.stream()
                .map(example -> new Place(ContentDraw.v1(example.hash(), purpose), example))
                .sorted(Comparator.comparingDouble(Place::draw)
                        .thenComparing(place -> place.example().hash())
                        .thenComparing(place -> place.example().reference()))
                .map(Place::example)
                .toList();
    }

    /** The weights, and the sums of their squared gradients, which shorten the steps of those that have moved much. */
    private final class Descent {

        private final float[] weights = new float[plan.features().buckets()];
        private final float[] squares = new float[plan.features().buckets()];
        private double bias;
        private double biasSquares;

        void step(Sample sample, boolean reference, double share) {
            double margin = bias;
            int[] buckets = sample.buckets();
            float[] values = sample.values();
            for (int i = 0; i < buckets.length; i++) {
                margin += (double) weights[buckets[i]] * values[i];
            }
            double slope = (QualityModel.probability(margin) - (reference ? 1 : 0)) * share;
            for (int i = 0; i < buckets.length; i++) {
                move(buckets[i], slope * values[i]);
            }
            biasSquares += slope * slope;
            bias -= plan.rate() * slope / (Math.sqrt(biasSquares) + TINY);
        }

        private void move(int bucket, double slope) {
            double gradient = slope + plan.penalty() * weights[bucket];
            squares[bucket] += (float) (gradient * gradient);
            weights[bucket] -= (float) (plan.rate() * gradient / (Math.sqrt(squares[bucket]) + TINY));
        }
    }
}
