package org.alluvium.trainer.loop;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.alluvium.trainer.data.Loader;
import org.alluvium.trainer.data.StepBatch;

/** The training thread's end of the loader: waits for the next step, says why, and measures for how long. */
final class StepSource {

    /** How long a wait may last before it is worth a word, and how soon a request to stop is heard in one. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final Loader loader;
    private final Supplier<String> reason;
    private final Consumer<String> announce;
    private final Runnable meanwhile;
    private final LongSupplier nanoTime;
    private long waitNanos;

    /**
     * @param reason why there is nothing yet
     * @param announce told the reason when a wait begins to last, and whenever it changes
     * @param meanwhile called now and then while a wait lasts
     */
    StepSource(
            Loader loader,
            Supplier<String> reason,
            Consumer<String> announce,
            Runnable meanwhile,
            LongSupplier nanoTime) {
        this.loader = loader;
        this.reason = reason;
        this.announce = announce;
        this.meanwhile = meanwhile;
        this.nanoTime = nanoTime;
    }

    /** The next step's data; empty if the corpus is complete or a stop was requested. */
    Optional<StepBatch> next(StopSignal stop) throws InterruptedException {
        long started = nanoTime.getAsLong();
        Optional<Loader.Loaded> item = loader.poll(PATIENCE);
        String announced = "";
        while (item.isEmpty() && !stop.isRequested()) {
            String now = reason.get();
            if (!now.equals(announced)) {
                announce.accept(now);
                announced = now;
            }
            meanwhile.run();
            item = loader.poll(PATIENCE);
        }
        waitNanos = nanoTime.getAsLong() - started;
        return item.flatMap(StepSource::batch);
    }

    /** How long the last call waited. */
    long waitNanos() {
        return waitNanos;
    }

    private static Optional<StepBatch> batch(Loader.Loaded item) {
        return item instanceof Loader.Step step ? Optional.of(step.batch()) : Optional.empty();
    }
}
