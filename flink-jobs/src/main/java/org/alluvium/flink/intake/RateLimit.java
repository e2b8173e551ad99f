package org.alluvium.flink.intake;

/**
 * A token bucket: the rate holds on average, and after a rest as many records as make up {@value #BURST_SECONDS} s of it may
 * follow each other at once. A reader that is late is so never held back for it. Not thread-safe.
 */
final class RateLimit {

    /** Long enough that timers which fire late cost no rate, short enough that nobody sees the burst. */
    private static final double BURST_SECONDS = 0.1;

    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final double capacity;
    private double tokens;
    private long filledNanos;

    /**
     * A full bucket.
     *
     * @param perSecond records a second; 0 is no limit
     * @param nowNanos a time to which later ones relate
     */
    RateLimit(double perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.capacity = Math.max(1, perSecond * BURST_SECONDS);
        this.tokens = capacity;
        this.filledNanos = nowNanos;
    }

    boolean isLimited() {
        return perSecond > 0;
    }

    /** Nanoseconds until the next record may be taken; 0 if it may be now. */
    long waitNanos(long nowNanos) {
        if (!isLimited()) {
            return 0;
        }
        fill(nowNanos);
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perSecond * NANOS_PER_SECOND);
    }

    /** Notes a record that was taken. One that could not wait counts as well: it puts off the next. */
    void taken(long nowNanos) {
        if (isLimited()) {
            fill(nowNanos);
            tokens--;
        }
    }

    private void fill(long nowNanos) {
        tokens = Math.min(capacity, tokens + (nowNanos - filledNanos) / NANOS_PER_SECOND * perSecond);
        filledNanos = nowNanos;
    }
}
