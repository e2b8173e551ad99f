package org.alluvium.flink.dedup;

import java.time.Duration;
import org.alluvium.contracts.config.DedupConfig;
import org.alluvium.flink.types.ContentHashSerializer;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.OutcomeSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Every deduplication that is configured, one behind the other: equal texts, then equal addresses, then texts that are nearly
 * equal. What is a duplicate to one is not seen by the next.
 */
public final class Deduplication {

    private Deduplication() {}

    /**
     * Deduplicates a stream of candidates.
     *
     * @param exactTimeToLive how long a text is remembered; zero is for ever
     */
    public static DataStream<Outcome> of(DataStream<Outcome> candidates, Duration exactTimeToLive, DedupConfig config) {
        DataStream<Outcome> unique = candidates
                .keyBy(Outcome::key, ContentHashSerializer.TYPE)
                .process(new ExactDedup(exactTimeToLive), OutcomeSerializer.TYPE)
                .name("Deduplicate")
                .uid("exact-dedup");
        DataStream<Outcome> addressed =
                config.url().enabled() ? UrlDedup.of(unique, config.url().ttl()) : unique;
        return config.near().enabled() ? NearDedup.of(addressed, config.near()) : addressed;
    }
}
