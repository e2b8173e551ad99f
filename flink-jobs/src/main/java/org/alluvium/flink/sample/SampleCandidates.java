package org.alluvium.flink.sample;

import org.alluvium.contracts.document.ContentHash;
import org.alluvium.flink.types.Outcome;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;

/**
 * Lets a document pass whose rank is among the smallest of those that this subtask has seen, which is {@code k (1 + ln(n / k))} of n
 * documents at most. It remembers nothing beyond a restart: then more pass than need to, and nothing else changes.
 */
final class SampleCandidates extends RichFilterFunction<Outcome> {

    private static final long serialVersionUID = 1L;

    private final int documents;
    private final long seed;

    private transient Ranks ranks;

    SampleCandidates(int documents, long seed) {
        this.documents = documents;
        this.seed = seed;
    }

    @Override
    public void open(OpenContext context) {
        ranks = new Ranks(documents, seed);
    }

    @Override
    public boolean filter(Outcome outcome) {
        if (!(outcome instanceof Outcome.Candidate candidate)) {
            return false;
        }
        ContentHash rank = ranks.of(candidate.hash());
        boolean among = ranks.add(rank);
        ranks.dropped();
        return among;
    }
}
