package org.alluvium.gateway.target;

import java.util.Optional;

/**
 * How far ingest is behind.
 *
 * @param amount in the target's unit
 * @param limit most that may wait before requests are refused
 * @param unit what is counted, in the plural: {@code bytes}, {@code records}
 * @param complaint what else forbids taking more, in words
 */
public record Backlog(long amount, long limit, String unit, Optional<String> complaint) {

    /** Why nothing more is to be taken, in a sentence for people; empty while more is welcome. */
    public Optional<String> refusal() {
        return amount > limit
                ? Optional.of("ingest is " + amount + " " + unit + " behind; more than " + limit + " are not kept")
                : complaint;
    }
}
