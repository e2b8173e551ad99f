package org.alluvium.ingest.reject;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.alluvium.contracts.document.ContentHash;

/**
 * Chooses a bounded number of texts of each cause: those whose hashes, mixed, are the smallest. Not thread-safe.
 *
 * <p>A sampler sees only some of all documents and does not know those to come, so it says yes to every text that is among
 * the smallest <i>so far</i>: of n texts it then has said yes to about {@code k (1 + ln(n / k))}. Whatever part of the
 * documents a sampler sees, and in whatever order, the k smallest of all are among them; so from what all samplers have
 * kept, a sampler that is shown all of it once more chooses the same texts, whatever the parallelism, the order and the
 * restarts were.
 */
public final class Sample {

    /** An odd constant with no structure (the golden ratio's fraction), so that other draws by the same hash say nothing. */
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final int perCause;
    private final Map<String, NavigableSet<ContentHash>> smallest = new HashMap<>();

    /** @param perCause how many texts of each cause there are in the end; 0 for none */
    public Sample(int perCause) {
        this.perCause = perCause;
    }

    /** Whether the text is among the smallest of its cause so far, and has not been asked about before. */
    public boolean offer(String cause, ContentHash hash) {
        NavigableSet<ContentHash> chosen = smallest.computeIfAbsent(cause, none -> new TreeSet<>());
        ContentHash rank = mixed(hash);
        if (perCause == 0 || (chosen.size() == perCause && rank.compareTo(chosen.last()) >= 0) || !chosen.add(rank)) {
            return false;
        }
        if (chosen.size() > perCause) {
            chosen.pollLast();
        }
        return true;
    }

    /** Whether the text has been asked about and is among the smallest of its cause so far. */
    public boolean holds(String cause, ContentHash hash) {
        NavigableSet<ContentHash> chosen = smallest.get(cause);
        return chosen != null && chosen.contains(mixed(hash));
    }

    /** One to one, so that different texts have different ranks. */
    private static ContentHash mixed(ContentHash hash) {
        long high = (hash.high() ^ hash.low() * MIX) * MIX;
        return new ContentHash(high ^ (high >>> 32), hash.low());
    }
}
