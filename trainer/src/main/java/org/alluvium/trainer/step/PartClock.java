package org.alluvium.trainer.step;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.alluvium.trainer.model.StepPart;

/** Adds up how long the parts of a step take. Used by one thread. */
final class PartClock {

    private final LongSupplier nanoTime;
    private final Map<StepPart, Long> nanos = new EnumMap<>(StepPart.class);
    private long last;

    PartClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Forgets the step before. */
    void reset() {
        nanos.clear();
        start();
    }

    /** What comes now belongs to whichever part is over next. */
    void start() {
        last = nanoTime.getAsLong();
    }

    /** A part is over, and the next begins. */
    void over(StepPart part) {
        long now = nanoTime.getAsLong();
        nanos.merge(part, now - last, Long::sum);
        last = now;
    }

    /** Of each part; empty where nobody told the parts of the model apart. */
    Map<StepPart, Long> nanos() {
        return nanos.containsKey(StepPart.FORWARD) ? Map.copyOf(nanos) : Map.of();
    }
}
