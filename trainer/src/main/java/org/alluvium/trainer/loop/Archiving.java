package org.alluvium.trainer.loop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.FencedException;
import org.alluvium.contracts.error.ObjectStoreException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.archive.ArchiveState;
import org.alluvium.trainer.archive.ArchivedCheckpoint;
import org.alluvium.trainer.archive.Archiver;
import org.alluvium.trainer.archive.RunArchive;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.checkpoint.Resume;
import org.alluvium.trainer.event.TrainEvents;
import org.alluvium.trainer.guard.SpikeGuard;
import org.alluvium.trainer.journal.JournalTail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's folder, with its archive if it has one: nothing to do where it has none. A trainer that another one has taken the
 * archive from stops as if it had been asked to, and then says why. Used by the training thread, but for what says so.
 */
final class Archiving implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Archiving.class);

    /** Between two tries to reach the archive, each of which repeats its requests for half a minute itself. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final RunLayout run;
    private final TrainEvents events;
    private final StopSignal stop;
    private final Duration atBegin;
    private final Duration atEnd;
    private final Optional<RunArchive> archive;
    private Optional<ArchiveState> taken = Optional.empty();
    private Optional<Archiver> archiver = Optional.empty();

    Archiving(AlluviumConfig config, TrainOptions options, RunLayout run, TrainEvents events) {
        this.run = run;
        this.events = events;
        this.stop = options.stop();
        this.atBegin = config.train().archivePatience();
        this.atEnd = config.train().archiveWithin();
        this.archive =
                config.train().archive().map(location -> RunArchive.open(location, config.s3(), run, options.clock()));
    }

    /** The run's folder. */
    RunLayout run() {
        return run;
    }

    /**
     * Takes the archive over and, if the folder has no checkpoint, fetches what the run goes on from. An archive that does not
     * answer is waited for, as long as the configuration allows and nobody asks to stop.
     *
     * @return what was done, in words
     * @throws StorageException if it does not answer in that time, or refuses to
     */
    List<String> restore(AlluviumConfig config) {
        List<String> restored = new ArrayList<>();
        archive.ifPresent(kept -> {
            ArchiveState state = patiently(kept::takeOver);
            taken = Optional.of(state);
            long reach = SpikeGuard.reach(config.train().guard());
            restored.addAll(patiently(() -> kept.restore(state, reach, JournalTail.undoing(run.journal()))));
        });
        return restored;
    }

    /** Fetches one more checkpoint, of a step that the folder has none of. False if the archive has none, either. */
    boolean fetch(long step) {
        return archive.isPresent() && patiently(() -> archive.get().fetch(taken.orElseThrow(), step));
    }

    /**
     * Checks that the run may go on from a step, before anything says so.
     *
     * @throws org.alluvium.contracts.error.MismatchException if the archive is ahead of the folder, or of another run
     */
    void requireSameRun(long step) {
        archive.ifPresent(kept -> patiently(() -> {
            kept.requireSameRun(taken.orElseThrow(), step);
            return kept;
        }));
    }

    /** Finds out where the run goes on. */
    Resume find() {
        return Resume.find(new CheckpointFolder(run), JournalTail.undoing(run.journal()));
    }

    private <T> T patiently(Supplier<T> request) {
        long deadline = System.nanoTime() + atBegin.toNanos();
        while (true) {
            try {
                return request.get();
            } catch (StorageException e) {
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (!ObjectStoreException.mayPass(e) || !left.isPositive() || isStopRequestedWithin(e, left)) {
                    throw e;
                }
            }
        }
    }

    private boolean isStopRequestedWithin(StorageException e, Duration left) {
        LOG.warn("The run waits for its archive, {} s more at most: {}", left.toSeconds(), e.getMessage());
        events.waiting("for the archive, which does not answer: " + e.getMessage());
        try {
            return stop.awaitRequest(left.compareTo(PAUSE) < 0 ? left : PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The run goes on from a step: as it begins, or because it goes back. */
    void goOnFrom(long step) {
        if (archiver.isEmpty() && archive.isPresent()) {
            archiver = Optional.of(archive.get().start(taken.orElseThrow(), step, new Reports()));
        }
        archiver.ifPresent(working -> working.goOnFrom(step));
    }

    /** A checkpoint is on disk. For any thread. */
    void published() {
        archiver.ifPresent(Archiver::wake);
    }

    /** Whether a checkpoint is being copied. For any thread. */
    boolean isInUse(Path checkpoint) {
        return archiver.filter(working -> working.isReading(checkpoint)).isPresent();
    }

    /**
     * Waits until everything is in the archive, for as long as the configuration allows. Who stops a run is told if it is not;
     * the folder has everything. A run that is complete has failed then, so that whoever supervises it tries again.
     *
     * @throws FencedException if another trainer has the archive
     */
    void finish(boolean stopped) throws InterruptedException {
        if (archiver.isEmpty() || archiver.get().finish(atEnd)) {
            return;
        }
        String what = "the archive lacks the run's last checkpoint after " + atEnd.toSeconds() + " s";
        if (!stopped) {
            throw new StorageException(
                    what, archive.orElseThrow().where(), "Start the same command again; it copies what is missing");
        }
        LOG.warn("{}; {} has it", what, run.root());
        events.alerted(what, "the folder " + run.root() + " has it");
    }

    @Override
    public void close() {
        archiver.ifPresent(Archiver::close);
        archive.ifPresent(RunArchive::close);
    }

    /** Tells what becomes of the archive. */
    private final class Reports implements Archiver.Listener {

        @Override
        public void archived(ArchivedCheckpoint checkpoint, Duration took) {
            events.archived(checkpoint.step(), checkpoint.bytes(), checkpoint.permanent(), took);
        }

        @Override
        public void failing(String message) {
            LOG.warn("The archive falls behind, and is tried again: {}", message);
            events.alerted("the archive falls behind; training goes on, and it is tried again", message);
        }

        @Override
        public void fenced(FencedException error) {
            LOG.warn("{}", error.getMessage());
            stop.request();
        }
    }
}
