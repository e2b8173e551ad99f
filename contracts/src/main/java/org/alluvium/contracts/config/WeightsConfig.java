package org.alluvium.contracts.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The {@code mixture.weights} group, and the whole of a control file. */
public record WeightsConfig(
        @Key(
                doc =
                        "Tokens of the whole training run, of which the weights are shares; needed where weights are given.",
                byDefault = "")
        Optional<Double> tokens,

        @Key(
                doc = "Epochs of the sources that are not listed: how often their documents are trained on.",
                byDefault = "1",
                min = 0,
                max = MAX_EPOCHS)
        double otherEpochs,

        @Key(doc = "Sources with weights of their own.", byDefault = "[]")
        List<Weight> sources) {

    /** The most that a document can be trained on. */
    public static final double MAX_EPOCHS = 1000;

    public WeightsConfig {
        sources = List.copyOf(sources);
    }

    /**
     * How often documents of the listed sources are trained on, by source: the epochs that were given, or those in which the
     * source comes to its share of all tokens. Weights are relative to their sum, so they need not add up to 1.
     *
     * @throws java.util.NoSuchElementException if a weight has no tokens, its own or the training's, to be a share of
     */
    public Map<String, Double> epochs() {
        double sum = sources.stream()
                .mapToDouble(source -> source.weight().orElse(0.0))
                .sum();
        Map<String, Double> epochs = new TreeMap<>();
        sources.forEach(source -> epochs.put(
                source.source(),
                source.epochs()
                        .orElseGet(() -> source.weight().orElseThrow() == 0
                                ? 0
                                : source.weight().orElseThrow()
                                        / sum
                                        * tokens.orElseThrow()
                                        / source.tokens().orElseThrow())));
        return epochs;
    }

    /** How much of one source is trained on: epochs, or a weight with the size of the source. */
    public record Weight(
            @Key(doc = "Name of the source.", example = "news")
            String source,

            @Key(
                    doc =
                            "How often a document is trained on: 0.44 takes 44 of 100, 2.9 takes 90 of 100 three times and the others"
                                    + " twice.",
                    byDefault = "",
                    min = 0,
                    max = MAX_EPOCHS,
                    example = "1")
            Optional<Double> epochs,

            @Key(
                    doc = "Share of the source in training, relative to the other weights; epochs follow from it.",
                    byDefault = "",
                    min = 0)
            Optional<Double> weight,

            @Key(doc = "Tokens that the source has, for its weight.", byDefault = "", min = 1)
            Optional<Double> tokens) {}
}
