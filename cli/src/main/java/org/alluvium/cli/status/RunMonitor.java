package org.alluvium.cli.status;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.alluvium.cli.view.DashboardSnapshot;
import org.alluvium.cli.view.DashboardSnapshot.Activity;
import org.alluvium.contracts.event.EventReader;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.log.StoreShardLog;

/** Reads what a corpus and a run have published since the last look, and makes a snapshot of it. Not thread-safe. */
public final class RunMonitor {

    private final CorpusLayout corpus;
    private final ShardLog log;
    private final EventReader ingestEvents;
    private final EventReader trainEvents;
    private final IngestProgress ingest = new IngestProgress();
    private final TrainerProgress trainer = new TrainerProgress();
    private long nextEntry;

    /** Follows them from their beginning; neither needs to exist yet. */
    public RunMonitor(CorpusLayout corpus, RunLayout run) {
        this.corpus = corpus;
        this.log = StoreShardLog.of(corpus);
        this.ingestEvents = new EventReader(corpus.events(), 0);
        this.trainEvents = new EventReader(run.events(), 0);
    }

    /**
     * Reads what is new.
     *
     * @throws org.alluvium.contracts.error.AlluviumException if a file is damaged; the rest can still be read later
     */
    public void poll() {
        trainEvents.poll().forEach(trainer::add);
        ingestEvents.poll().forEach(ingest::add);
        if (corpus.isLocal() && !Files.isDirectory(corpus.log())) {
            return;
        }
        for (Optional<LogEntry> entry = log.find(nextEntry); entry.isPresent(); entry = log.find(nextEntry)) {
            ingest.add(entry.get());
            nextEntry++;
        }
    }

    public IngestProgress ingest() {
        return ingest;
    }

    public TrainerProgress trainer() {
        return trainer;
    }

    /**
     * What there is to show.
     *
     * @param head what files do not tell: title, activities, and the like
     */
    public DashboardSnapshot snapshot(Head head, Instant now) {
        DashboardSnapshot.Ingest ingestPanel = new DashboardSnapshot.Ingest(
                head.ingest(),
                ingest.documentsPerSecond(now),
                ingest.funnel().accepted(),
                ingest.funnel().duplicates(),
                ingest.funnel().filtered(),
                ingest.funnel().deadLetters(),
                ingest.commits(),
                ingest.tokens(),
                head.feed());
        DashboardSnapshot.Trainer trainerPanel = new DashboardSnapshot.Trainer(
                head.trainer(),
                head.steps(),
                trainer.latest(),
                trainer.bitsPerByte(),
                trainer.heldOut(),
                trainer.lagTokens(),
                trainer.lag(),
                trainer.checkpoint()
                        .map(saved -> new DashboardSnapshot.SavedCheckpoint(
                                saved.step(), Duration.between(saved.time(), now))),
                trainer.remaining(head.steps()),
                trainer.guard(),
                trainer.takenDown(),
                trainer.alerts(now));
        return new DashboardSnapshot(head.title(), head.elapsed(), ingestPanel, trainerPanel, trainer.lastSamples());
    }

    /**
     * The part of a snapshot that is not in files.
     *
     * @param steps steps that complete the run; 0 for one without end
     * @param feed what is still to come, for a person; may be empty
     */
    public record Head(String title, Duration elapsed, Activity ingest, Activity trainer, long steps, String feed) {}
}
