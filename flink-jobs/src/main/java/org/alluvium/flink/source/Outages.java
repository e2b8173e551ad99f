package org.alluvium.flink.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Sources whose store cannot be reached, and when each is tried again: after pauses that double. Not thread-safe. */
final class Outages {

    private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private record Outage(long pauseNanos, long untilNanos) {}

    private final LongSupplier nanos;
    private final Map<String, Outage> outages = new HashMap<>();

    /** @param nanos a clock that never goes back, in nanoseconds since some time */
    Outages(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Notes that a source could not be reached. */
    void begin(String source) {
        Outage before = outages.get(source);
        long pause = before == null ? FIRST_PAUSE_NANOS : Math.min(LONGEST_PAUSE_NANOS, 2 * before.pauseNanos());
        outages.put(source, new Outage(pause, nanos.getAsLong() + pause));
    }

    /** Notes that the source was reached. */
    void end(String source) {
        if (!outages.isEmpty()) {
            outages.remove(source);
        }
    }

    /** Nanoseconds until the source is tried again; 0 if it may be now. */
    long waitNanos(String source) {
        Outage outage = outages.isEmpty() ? null : outages.get(source);
        return outage == null ? 0 : Math.max(0, outage.untilNanos() - nanos.getAsLong());
    }
}
