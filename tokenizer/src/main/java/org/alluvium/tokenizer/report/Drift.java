package org.alluvium.tokenizer.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Watches whether a vocabulary still fits what comes: compares each stretch of a corpus with all before it. Not thread-safe.
 *
 * <p>The mean is over all texts so far, weighted by their lengths, so that one odd stretch moves it little; and a stretch is
 * compared before it is part of the mean.
 */
public final class Drift {

    /** What may leave its band. */
    public enum Figure {
        BYTES_PER_TOKEN,
        FALLBACK_RATE
    }

    /**
     * A figure out of its band.
     *
     * @param value in the stretch
     * @param mean of everything before
     */
    public record Departure(Figure figure, double value, double mean) {}

    private final double ratio;
    private final double fallback;
    private final long leastTokens;
    private Tally before = Tally.NONE;

    /**
     * A watch that has seen nothing.
     *
     * @param ratio bytes per token may be so much more or less than the mean, as a share of it, more than 0
     * @param fallback the share of byte tokens may be so much above the mean, more than 0; it may fall as it likes
     * @param leastTokens of a stretch, and of all before it, to judge by them
     */
    public Drift(double ratio, double fallback, long leastTokens) {
        if (!(ratio > 0) || !(fallback > 0) || leastTokens < 1) {
            throw new IllegalArgumentException(
                    "a band is wider than nothing: " + ratio + ", " + fallback + ", " + leastTokens + " tokens");
        }
        this.ratio = ratio;
        this.fallback = fallback;
        this.leastTokens = leastTokens;
    }

    /** Adds the next stretch; gives what has left its band there. */
    public List<Departure> add(Tally stretch) {
        List<Departure> departures = new ArrayList<>();
        if (stretch.tokens() >= leastTokens && before.tokens() >= leastTokens) {
            double mean = before.bytesPerToken();
            if (Math.abs(stretch.bytesPerToken() - mean) > ratio * mean) {
                departures.add(new Departure(Figure.BYTES_PER_TOKEN, stretch.bytesPerToken(), mean));
            }
            if (stretch.fallbackRate() > before.fallbackRate() + fallback) {
                departures.add(new Departure(Figure.FALLBACK_RATE, stretch.fallbackRate(), before.fallbackRate()));
            }
        }
        before = before.plus(stretch);
        return departures;
    }

    /** Everything so far. */
    public Tally total() {
        return before;
    }
}
