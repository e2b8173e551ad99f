package org.alluvium.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.alluvium.cli.local.LocalRun;
import org.alluvium.cli.status.RunMonitor;
import org.alluvium.cli.supervise.Outcome;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.error.ExitCode;

/**
 * Feeds the stream at a steady pace beside the processes, and notices when the corpus does not suffice for the steps that
 * were asked for. A stream that begins has a small backlog, so that the first step need not wait for it.
 */
final class FeedCompanion implements LocalRun.Companion {

    private static final int BACKLOG_DOCUMENTS = 500;

    /** A stream that the trainer is so far behind of pauses: a view of ever growing lag would show nothing. */
    private static final long LONGEST_LAG_TOKENS = 400_000;

    private static final Duration IDLE_IS_EXHAUSTED = Duration.ofSeconds(15);

    private final Feeder feeder;
    private final int documents;
    private final double documentsPerSecond;
    private double due;
    private Optional<Instant> lastTick = Optional.empty();
    private boolean paused;
    private Optional<Instant> idleSince = Optional.empty();

    /**
     * @param documents in the whole corpus
     * @param documentsPerSecond pace
     */
    FeedCompanion(Feeder feeder, int documents, double documentsPerSecond) {
        this.feeder = feeder;
        this.documents = documents;
        this.documentsPerSecond = documentsPerSecond;
        this.due = Math.max(BACKLOG_DOCUMENTS, feeder.published());
    }

    @Override
    public Optional<Outcome> tick(RunMonitor monitor, Instant now) {
        Duration sinceLast = Duration.between(lastTick.orElse(now), now);
        lastTick = Optional.of(now);
        paused = monitor.trainer().lagTokens() > LONGEST_LAG_TOKENS;
        if (!paused) {
            due += sinceLast.toMillis() / 1000.0 * documentsPerSecond;
        }
        while (!feeder.isDone() && feeder.published() + Feeder.DOCUMENTS_PER_FILE <= due) {
            feeder.publishNext();
        }
        return exhausted(monitor, now);
    }

    /** All documents are fed and read, and the trainer still waits: more will never come. */
    private Optional<Outcome> exhausted(RunMonitor monitor, Instant now) {
        boolean idle = feeder.isDone()
                && monitor.ingest().funnel().read() >= documents
                && monitor.trainer().waiting().isPresent();
        if (!idle) {
            idleSince = Optional.empty();
            return Optional.empty();
        }
        idleSince = idleSince.or(() -> Optional.of(now));
        if (Duration.between(idleSince.get(), now).compareTo(IDLE_IS_EXHAUSTED) < 0) {
            return Optional.empty();
        }
        long step = monitor.trainer().latest().map(latest -> latest.step()).orElse(0L);
        return Optional.of(new Outcome(
                ExitCode.FAILED,
                "The demo's corpus suffices for " + Units.count(step)
                        + " steps, and fewer than --steps were made. Ask for no more than that, or point"
                        + " a configuration of your own at more text"));
    }

    @Override
    public String describe() {
        if (feeder.isDone()) {
            return "the whole corpus is fed";
        }
        String fed = "%s of %s fed".formatted(Units.count(feeder.published()), Units.count(documents));
        return paused
                ? fed + ", paused until the trainer catches up"
                : fed + ", " + Units.rate(documentsPerSecond) + "/s";
    }
}
