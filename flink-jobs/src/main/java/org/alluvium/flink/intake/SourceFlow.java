package org.alluvium.flink.intake;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.alluvium.contracts.config.FlowConfig;
import org.alluvium.contracts.config.FlowConfig.OnFailures;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.flink.types.Arrival;
import org.alluvium.flink.types.Outcome;
import org.alluvium.ingest.record.Parsed;
import org.alluvium.ingest.record.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One source at the gate: its rate, and what makes it rest. Used by one thread, but for what the metrics read. */
final class SourceFlow {

    private static final Logger LOG = LoggerFactory.getLogger(SourceFlow.class);

    /** Rest before a record is tried again whose parser could not work: this long, then twice as long each time. */
    private static final Duration FIRST_REST = Duration.ofMillis(100);

    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    /** How often somebody who waits for a source that is configured to be paused asks again, for nothing. */
    private static final Duration WHILE_PAUSED = Duration.ofHours(1);

    private final String source;
    private final FlowConfig config;
    private final Arrivals arrivals;
    private Consumer<FailureAlert> listener = alert -> {};
    private final LongSupplier nanos;
    private final RateLimit rate;
    private final FailureCircuit circuit;

    private boolean resting;
    private long restEndsNanos;
    private long nextRestNanos = FIRST_REST.toNanos();

    // Written by the reader's thread, read by the metric reporters'.
    private volatile double failureShare;
    private volatile boolean paused;

    SourceFlow(SourceConfig source, Function<SourceRecord, Parsed> parser, LongSupplier nanos) {
        this.source = source.name();
        this.config = source.flow();
        this.arrivals = new Arrivals(source, parser);
        this.nanos = nanos;
        this.rate = new RateLimit(config.rateLimit(), nanos.getAsLong());
        this.circuit = new FailureCircuit(config.failureWindow(), config.maxFailureShare());
    }

    /** Who is told, by the reader's thread, when too many records are refused. */
    void onAlert(Consumer<FailureAlert> newListener) {
        listener = newListener;
    }

    /** Nanoseconds until a record may be read; 0 if one may be now. */
    long waitNanos() {
        if (config.paused()) {
            return WHILE_PAUSED.toNanos();
        }
        if (resting) {
            long left = restEndsNanos - nanos.getAsLong();
            if (left > 0) {
                return left;
            }
            endRest();
        }
        // Most sources have no limit, and need not look at the clock for every record.
        return rate.isLimited() ? rate.waitNanos(nanos.getAsLong()) : 0;
    }

    private void endRest() {
        resting = false;
        if (paused) {
            paused = false;
            circuit.reset();
            LOG.info("{}: is read again after its pause", source);
        }
    }

    /** As {@link Intake#take}. */
    Arrival take(SourceRecord record, long arrivedMillis) {
        Arrival arrival;
        try {
            arrival = arrivals.of(record, arrivedMillis);
        } catch (UnavailableException notNow) {
            LOG.warn("{}: {} waits: {}", source, record.origin(), notNow.getMessage());
            rest(nextRestNanos);
            nextRestNanos = Math.min(2 * nextRestNanos, LONGEST_REST.toNanos());
            throw notNow;
        }
        nextRestNanos = FIRST_REST.toNanos();
        if (rate.isLimited()) {
            rate.taken(nanos.getAsLong());
        }
        if (circuit.add(arrival.outcome() instanceof Outcome.Refused)) {
            tripped();
        }
        failureShare = circuit.share();
        return arrival;
    }

    private void tripped() {
        paused = config.onFailures() == OnFailures.PAUSE;
        LOG.error(
                "{}: {} of the last {} records were refused; {}",
                source,
                circuit.share(),
                config.failureWindow(),
                paused ? "the source is left alone for " + config.pauseFor() : "it is read on");
        if (paused) {
            rest(config.pauseFor().toNanos());
        }
        listener.accept(new FailureAlert(source, circuit.share(), config.onFailures()));
    }

    private void rest(long restNanos) {
        resting = true;
        restEndsNanos = nanos.getAsLong() + restNanos;
    }

    /** Share of the newest records that were refused. */
    double failureShare() {
        return failureShare;
    }

    /** Whether the source rests because too many were refused. */
    boolean isPaused() {
        return paused;
    }
}
