package org.alluvium.trainer.generate;

import org.alluvium.contracts.error.ConfigException;

/**
 * How a token is drawn. The filters apply in the order of the arguments.
 *
 * @param temperature divides the logits; 0 always takes the likeliest token
 * @param topK keeps so many of the likeliest tokens; 0 keeps all
 * @param topP keeps the likeliest tokens whose probabilities reach this sum (arXiv 1904.09751); 1 keeps all
 * @param seed of the draws; the same model, prompt and sampling give the same tokens
 */
public record Sampling(double temperature, int topK, double topP, long seed) {

    /** Always the likeliest token. */
    public static final Sampling GREEDY = new Sampling(0, 0, 1, 0);

    public Sampling {
        require(temperature >= 0, "temperature " + temperature, "a number from 0");
        require(topK >= 0, "top-k " + topK, "a whole number from 0");
        require(topP > 0 && topP <= 1, "top-p " + topP, "a number above 0 and at most 1");
    }

    private static void require(boolean valid, String where, String allowed) {
        if (!valid) {
            throw new ConfigException("not allowed", where, "Give " + allowed);
        }
    }
}
