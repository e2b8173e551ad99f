package org.alluvium.ingest.mixture;

import java.util.Map;
import org.alluvium.contracts.config.WeightsConfig;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.ingest.text.ContentDraw;

/**
 * How often the documents of each source are trained on, on average.
 *
 * <p>GPT-3 (Brown et al., 2020, section 2.2) draws each training example from a source with a fixed probability, its weight,
 * so that a source of N tokens is seen weight · T / N times in a training of T tokens. Here that number, the epochs of the
 * source, is kept instead, and a document is repeated as often: {@code floor(epochs)} times, and once more if a number that
 * its text draws is below the fraction. So a text has one fate whatever came before it, and whoever is in at some number of
 * epochs is in at any larger one.
 *
 * @param epochs by source
 * @param otherEpochs epochs of every other source
 */
public record Mixture(Map<String, Double> epochs, double otherEpochs) {

    /** Every document once. */
    public static final Mixture EVEN = new Mixture(Map.of(), 1);

    /** What draws of the mixture are for. */
    private static final long PURPOSE = 1;

    public Mixture {
        epochs = Map.copyOf(epochs);
    }

    /** The mixture that the weights of a configuration or a control file ask for. */
    public static Mixture of(WeightsConfig weights) {
        return new Mixture(weights.epochs(), weights.otherEpochs());
    }

    /** The epochs of a source. */
    public double epochsOf(String source) {
        return epochs.getOrDefault(source, otherEpochs);
    }

    /**
     * How often a document is trained on; 0 leaves it out.
     *
     * @param hash of the text that would be trained on
     */
    public int repeat(String source, ContentHash hash) {
        double epochsOfSource = epochsOf(source);
        int whole = (int) epochsOfSource;
        double fraction = epochsOfSource - whole;
        return fraction > 0 && ContentDraw.v1(hash, PURPOSE) < fraction ? whole + 1 : whole;
    }
}
