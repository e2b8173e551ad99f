package org.alluvium.contracts.config;

import java.util.List;

/** The {@code train.probes} section. */
public record ProbesConfig(
        @Key(
                doc =
                        "Texts that every checkpoint is asked about, out of training's way: how likely each token was, and where"
                                + " heads looked. What comes out is kept in the run's folder probes, also when the checkpoint is"
                                + " deleted. It takes a copy of the weights on the CPU, as evaluation in the background does; an"
                                + " empty list turns it off. Results do not depend on it.",
                byDefault = "[\"The animal didn't cross the street because it was too tired.\","
                        + " \"The trophy does not fit into the suitcase because it is too large.\","
                        + " \"When Mary and John went to the shop, John gave a drink to Mary.\","
                        + " \"The capital of France is Paris, and the capital of Italy is Rome.\","
                        + " \"one two three four five one two three four five one two three\"]")
        List<String> texts) {

    /** Characters of a text, at most. */
    static final int LONGEST = 2_000;

    /** Texts, at most. */
    static final int MOST = 32;

    public ProbesConfig {
        texts = List.copyOf(texts);
    }
}
