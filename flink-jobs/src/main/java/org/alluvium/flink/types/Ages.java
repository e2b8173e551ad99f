package org.alluvium.flink.types;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.alluvium.contracts.log.Freshness;
import org.alluvium.contracts.log.Freshness.Quantiles;

/**
 * From when some documents are, in a form that is small, adds up, and becomes ages once it is known when they are committed.
 *
 * <p>Values are rounded to 1/64 of the document's age on arrival, or to {@value #FINEST_MILLIS} ms if that is more: so a
 * tally has some thousand different values at most, whatever the documents, and an age is wrong by a percent at most. Where
 * a document's event time lies behind its arrival, its ages are wrong by a percent of that difference, however young it is
 * when it is committed.
 *
 * @param eventToIngest milliseconds from a document's event time to its arrival
 * @param arrivals when documents arrived, in milliseconds since the epoch
 * @param events their event times, likewise
 */
public record Ages(Tally eventToIngest, Tally arrivals, Tally events) {

    public static final Ages NONE = new Ages(Tally.EMPTY, Tally.EMPTY, Tally.EMPTY);

    private static final long FINEST_MILLIS = 8;
    private static final int PARTS_OF_AGE = 64;

    public boolean isEmpty() {
        return arrivals.isEmpty();
    }

    /** Those of both. */
    public Ages plus(Ages other) {
        return new Ages(
                eventToIngest.plus(other.eventToIngest), arrivals.plus(other.arrivals), events.plus(other.events));
    }

    /** The ages at that time, in milliseconds since the epoch; empty if there is no document. */
    public Optional<Freshness> at(long commitMillis) {
        return isEmpty()
                ? Optional.empty()
                : Optional.of(new Freshness(
                        quantiles(eventToIngest),
                        quantiles(arrivals.until(commitMillis)),
                        quantiles(events.until(commitMillis))));
    }

    private static Quantiles quantiles(Tally tally) {
        return new Quantiles(tally.quantile(0.5), tally.quantile(0.95), tally.quantile(0.99));
    }

    /** Takes one document after the other. Not thread-safe. */
    public static final class Builder {

        private final SortedMap<Long, Long> eventToIngest = new TreeMap<>();
        private final SortedMap<Long, Long> arrivals = new TreeMap<>();
        private final SortedMap<Long, Long> events = new TreeMap<>();

        /** Adds a document; both times are in milliseconds since the epoch. */
        public void add(long eventMillis, long arrivedMillis) {
            long age = arrivedMillis - eventMillis;
            long step = Math.max(FINEST_MILLIS, Long.highestOneBit(Math.abs(age)) / PARTS_OF_AGE);
            eventToIngest.merge(round(age, step), 1L, Long::sum);
            arrivals.merge(round(arrivedMillis, FINEST_MILLIS), 1L, Long::sum);
            events.merge(round(eventMillis, step), 1L, Long::sum);
        }

        private static long round(long value, long step) {
            return Math.floorDiv(value, step) * step + step / 2;
        }

        /** What was added since the last call. */
        public Ages take() {
            Ages ages = new Ages(new Tally(eventToIngest), new Tally(arrivals), new Tally(events));
            eventToIngest.clear();
            arrivals.clear();
            events.clear();
            return ages;
        }
    }
}
