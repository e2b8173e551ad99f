package org.alluvium.flink.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Sources whose store cannot be reached, and when each is tried again: after pauses that double. Not thread-safe. */
final class Outages {

    private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private record Outage(long pauseNanos, long untilNanos) {}

    private final Map<String, Outage> outages = new HashMap<>();

    /** Notes that a source could not be reached, and returns for how long it is left alone now. */
    long begin(String source, long nowNanos) {
        Outage before = outages.get(source);
        long pause = before == null ? FIRST_PAUSE_NANOS : Math.min(LONGEST_PAUSE_NANOS, 2 * before.pauseNanos());
        outages.put(source, new Outage(pause, nowNanos + pause));
        return pause;
    }

    /** Notes that the source was reached. */
    void over(String source) {
        if (!outages.isEmpty()) {
            outages.remove(source);
        }
    }

    /** Nanoseconds until the source is tried again; 0 if it may be read. */
    long waitNanos(String source, long nowNanos) {
        Outage outage = outages.isEmpty() ? null : outages.get(source);
        return outage == null ? 0 : Math.max(0, outage.untilNanos() - nowNanos);
    }
}
