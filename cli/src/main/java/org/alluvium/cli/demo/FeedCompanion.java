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
    private static final Duration IDLE_IS_EXHAUSTED = Duration.ofSeconds(15);

    private final Feeder feeder;
    private final int documents;
    private final double documentsPerSecond;
    private final int publishedBefore;
    private Optional<Instant> startedAt = Optional.empty();
    private Optional<Instant> idleSince = Optional.empty();

    /**
     * @param documents in the whole corpus
     * @param documentsPerSecond pace
     */
    FeedCompanion(Feeder feeder, int documents, double documentsPerSecond) {
        this.feeder = feeder;
        this.documents = documents;
        this.documentsPerSecond = documentsPerSecond;
        this.publishedBefore = feeder.published();
    }

    @Override
    public Optional<Outcome> tick(RunMonitor monitor, Instant now) {
        Instant start = startedAt.orElse(now);
        startedAt = Optional.of(start);
        double seconds = Duration.between(start, now).toMillis() / 1000.0;
        double due = Math.max(BACKLOG_DOCUMENTS, publishedBefore) + seconds * documentsPerSecond;
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
        return feeder.isDone()
                ? "the whole corpus is fed"
                : "%s of %s fed, %s/s"
                        .formatted(
                                Units.count(feeder.published()),
                                Units.count(documents),
                                Units.rate(documentsPerSecond));
    }
}
