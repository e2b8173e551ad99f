package org.alluvium.trainer.monitor;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How a trainer is doing, by the events that it emits. Thread-safe.
 *
 * <p>It is ready once this process has taken a step: then the model is loaded, and there is data. It is alive as long as
 * something is heard of it within {@link #SILENCE}, or within ten times the longest step so far: steps, other events, and
 * the beats of one that waits for data. Until the first step there may be much to load and to compile; it counts as alive.
 */
public final class Vitals {

    /** Longer than an honest trainer says nothing. */
    static final Duration SILENCE = Duration.ofMinutes(5);

    private static final int STEPS_OF_SILENCE = 10;
    private static final double NANOS_PER_MILLI = 1e6;

    private final LongSupplier nanoTime;
    private final TrainerFigures figures;
    private volatile boolean started;
    private volatile boolean stepped;
    private volatile long heardAt;
    private volatile double longestStepNanos;

    /**
     * Of a trainer that nothing was heard of.
     *
     * @param run folder of the run
     */
    public Vitals(LongSupplier nanoTime, InstantSource clock, Path run) {
        this.nanoTime = nanoTime;
        this.figures = new TrainerFigures(clock, run);
        this.heardAt = nanoTime.getAsLong();
    }

    /** An event was emitted. */
    void heard(String type, Map<String, ?> fields) {
        if (type.equals("step") && fields.get("stepMillis") instanceof Number millis) {
            longestStepNanos = Math.max(longestStepNanos, millis.doubleValue() * NANOS_PER_MILLI);
        }
        figures.heard(type, fields);
        started |= type.equals("start");
        stepped |= type.equals("step");
        beat();
    }

    /** The training thread is at work, or waits for data. */
    public void beat() {
        heardAt = nanoTime.getAsLong();
    }

    private long silentNanos() {
        return nanoTime.getAsLong() - heardAt;
    }

    /** What is wrong with the loop, if anything. */
    Optional<String> illness() {
        double patience = Math.max((double) SILENCE.toNanos(), STEPS_OF_SILENCE * longestStepNanos);
        return stepped && silentNanos() > patience
                ? Optional.of("nothing was heard of the trainer for "
                        + Duration.ofNanos(silentNanos()).toSeconds() + " s")
                : Optional.empty();
    }

    /** Why it is not ready, if it is not. */
    Optional<String> unreadiness() {
        return stepped
                ? Optional.empty()
                : Optional.of(started ? "no step has been taken yet" : "the model is being loaded");
    }

    /** All figures for Prometheus. */
    String metrics() {
        return figures.text(silentNanos() / 1e9);
    }
}
