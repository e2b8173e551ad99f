package org.alluvium.trainer.suite;

import java.util.List;

/**
 * A question, and how likely a model found each answer.
 *
 * @param logLikelihoods of the answers after the context, in nats
 * @param foretold whether a model that always takes the likeliest token writes the right answer; false where the format does
 *     not ask
 */
record Answered(Question question, List<Double> logLikelihoods, boolean foretold) {

    Answered {
        logLikelihoods = List.copyOf(logLikelihoods);
    }

    double logLikelihoodOfRight() {
        return logLikelihoods.get(question.right());
    }
}
