package org.alluvium.ingest.quality;

import org.alluvium.contracts.config.QualityConfig;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.ingest.text.ContentDraw;

/** Which scores are kept. Pure: what is demanded of a text depends on the text alone. */
public sealed interface KeepRule {

    /** The rule of GPT-3, with the published shape. */
    KeepRule GPT3 = new Pareto(9);

    /** What is wanting to the score where this rule drops a document. */
    String reason();

    /** The least score with which the text is kept; what equals it is kept. */
    double demands(ContentHash hash);

    /** The rule that a configuration asks for. */
    static KeepRule of(QualityConfig config) {
        return switch (config.keep()) {
            case PARETO -> new Pareto(config.alpha());
            case THRESHOLD -> new Threshold(config.minScore());
            case ALL -> new Threshold(0);
        };
    }

    /**
     * GPT-3's rule (Brown et al., 2020, appendix A): a document is kept if a number drawn from a Pareto distribution
     * of the second kind (Lomax, scale 1, as numpy draws it) is greater than 1 - score, so with probability {@code (2 -
     * score)^-alpha}. Some of low score stay, so that the corpus is not only what the classifier knows. The number is not
     * drawn anew each time, but is the one that the text {@linkplain ContentDraw draws}.
     *
     * @param alpha shape of the distribution; 9 in the publication
     */
    record Pareto(double alpha) implements KeepRule {

        private static final long PURPOSE = 2;

        @Override
        public String reason() {
            return "pareto";
        }

        @Override
        public double demands(ContentHash hash) {
            double uniform = 1 - ContentDraw.v1(hash, PURPOSE); // in (0, 1], so that the power is finite
            double lomax = StrictMath.pow(uniform, -1 / alpha) - 1;
            return Math.nextUp(1 - lomax);
        }
    }

    /** Scores from a fixed one on. */
    record Threshold(double minScore) implements KeepRule {

        @Override
        public String reason() {
            return "low_score";
        }

        @Override
        public double demands(ContentHash hash) {
            return minScore;
        }
    }
}
