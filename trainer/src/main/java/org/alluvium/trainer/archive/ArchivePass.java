package org.alluvium.trainer.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.FencedException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.checkpoint.CheckpointKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings an archive up to date with a run's folder, once each time it is asked. Objects come first, then the entry that names
 * them, then the deletion of what the entry names no more; so a kill between any two leaves what an entry names whole, and
 * litter for the next trainer to sweep. The archive keeps what the folder keeps, all that is permanent, and the newest it
 * has, until it has a newer one. Used by one thread, but for what says so.
 */
final class ArchivePass {

    private static final Logger LOG = LoggerFactory.getLogger(ArchivePass.class);

    private static final String CHECKPOINTS = "checkpoints/";
    private static final String JOURNAL = "journal/";
    private static final String EVENTS = "events/";
    private static final String PROBES = "probes/";
    private static final Duration ABANDONED = Duration.ofDays(1);
    private static final long NOT_BACK = Long.MAX_VALUE;

    private final ObjectStore store;
    private final ArchiveLog log;
    private final RunLayout run;
    private final InstantSource clock;
    private final GrowingFile journal;
    private final GrowingFile events;
    private final AtomicLong back = new AtomicLong(NOT_BACK);
    private final Set<String> probes = new HashSet<>();
    private ArchiveState state;
    private List<Piece> journalPieces;
    private List<Piece> eventPieces;
    private boolean swept;
    private volatile Optional<Path> reading = Optional.empty();

    /**
     * A pass that has not been run.
     *
     * @param begun the entry with which this trainer has taken the archive over
     * @param known the same, with those pieces that the run's files have as well
     */
    ArchivePass(
            ObjectStore store,
            ArchiveLog log,
            RunLayout run,
            InstantSource clock,
            ArchiveState begun,
            ArchiveState known) {
        this.store = store;
        this.log = log;
        this.run = run;
        this.clock = clock;
        this.state = begun;
        this.journalPieces = known.journal();
        this.eventPieces = known.events();
        this.journal = journalOf(run);
        this.events = eventsOf(run);
    }

    static GrowingFile journalOf(RunLayout run) {
        return new GrowingFile(run.journal(), JOURNAL);
    }

    static GrowingFile eventsOf(RunLayout run) {
        return new GrowingFile(run.events(), EVENTS);
    }

    /** The run goes on from a step, and the next pass drops what is later. For any thread. */
    void goOnFrom(long step) {
        back.accumulateAndGet(step, Math::min);
    }

    /** The checkpoint that is being read. For any thread. */
    Optional<Path> reading() {
        return reading;
    }

    /**
     * Copies what is new.
     *
     * @throws FencedException if another trainer has the archive
     */
    void run(Archiver.Listener listener) throws IOException {
        long upTo = back.getAndSet(NOT_BACK);
        try {
            if (upTo != NOT_BACK) {
                commit(state.checkpoints().stream()
                        .filter(at -> at.step() <= upTo)
                        .toList());
            }
        } catch (IOException | RuntimeException e) {
            goOnFrom(upTo);
            throw e;
        }
        sweep();
        copyProbes();
        List<Path> due = due();
        for (Path checkpoint : due) {
            copy(checkpoint, listener);
        }
        if (due.isEmpty()) {
            commit(state.checkpoints());
        }
    }

    /** Once: whatever no entry names, since a trainer that was killed, or that this one has taken the place of, has left it. */
    private void sweep() throws IOException {
        if (swept) {
            return;
        }
        for (String prefix : List.of(CHECKPOINTS, JOURNAL, EVENTS)) {
            for (String key : store.list(prefix, Optional.empty())) {
                if (!state.names(key)) {
                    store.delete(key);
                }
            }
        }
        store.sweep(CHECKPOINTS, clock.instant().minus(ABANDONED));
        probes.addAll(store.list(PROBES, Optional.empty()));
        swept = true;
    }

    private void copyProbes() throws IOException {
        Set<String> here = new HashSet<>();
        if (Files.isDirectory(run.probes())) {
            try (Stream<Path> reports = Files.list(run.probes())) {
                for (Path report : (Iterable<Path>) reports::iterator) {
                    if (RunLayout.stepOfProbe(report).isPresent()) {
                        here.add(PROBES + report.getFileName());
                    }
                }
            }
        }
        for (String key : here) {
            if (!probes.contains(key)) {
                store.upload(run.probes().resolve(key.substring(PROBES.length())), key);
                probes.add(key);
            }
        }
        for (String key : Set.copyOf(probes)) {
            if (!here.contains(key)) { // the folder loses one only when its step is undone
                store.delete(key);
                probes.remove(key);
            }
        }
    }

    /** Checkpoints to copy: the newest first, since it is what a lost folder would need; then permanent ones. */
    private List<Path> due() {
        List<Path> whole = new CheckpointFolder(run)
                .paths().stream().filter(CheckpointManifest::isIn).toList();
        List<Path> due = new ArrayList<>();
        for (Path path : whole) {
            long step = RunLayout.stepOf(path).orElseThrow();
            boolean there = state.checkpoints().stream().anyMatch(archived -> archived.step() == step);
            if (!there && (path.equals(whole.getFirst()) || isPermanent(path))) {
                due.add(path);
            }
        }
        return due;
    }

    private static boolean isPermanent(Path path) {
        try {
            return Checkpoint.open(path).state().kind() == CheckpointKind.PERMANENT;
        } catch (DataException gone) {
            return false; // deleted since it was listed, as only temporary ones are
        }
    }

    private void copy(Path path, Archiver.Listener listener) throws IOException {
        Instant started = clock.instant();
        reading = Optional.of(path);
        Optional<ArchivedCheckpoint> copied;
        try {
            copied = Optional.of(upload(path));
        } catch (NoSuchFileException | DataException e) {
            if (CheckpointManifest.isIn(path)) {
                throw e;
            }
            copied = Optional.empty(); // deleted before it was known that it is being read; a newer one follows
        } finally {
            reading = Optional.empty();
        }
        if (copied.isPresent()) {
            List<ArchivedCheckpoint> with = new ArrayList<>(state.checkpoints());
            with.add(copied.get());
            commit(with);
            listener.archived(copied.get(), Duration.between(started, clock.instant()));
        }
    }

    private ArchivedCheckpoint upload(Path path) throws IOException {
        Checkpoint checkpoint = Checkpoint.open(path);
        String folder = String.format(
                Locale.ROOT, "%s%s.%d.%d/", CHECKPOINTS, path.getFileName(), state.epoch(), state.sequence() + 1);
        for (String name : checkpoint.manifest().files().keySet()) {
            store.upload(path.resolve(name), folder + name);
        }
        Path manifest = path.resolve(CheckpointManifest.NAME);
        store.upload(manifest, folder + CheckpointManifest.NAME);
        return new ArchivedCheckpoint(
                checkpoint.step(),
                checkpoint.state().kind() == CheckpointKind.PERMANENT,
                folder,
                Sha256.of(manifest),
                checkpoint.manifest().bytes());
    }

    private void commit(List<ArchivedCheckpoint> all) throws IOException {
        List<ArchivedCheckpoint> checkpoints = kept(all);
        List<Piece> nowJournal = journal.extend(store, journalPieces, state.epoch());
        List<Piece> nowEvents = events.extend(store, eventPieces, state.epoch());
        if (state.says(checkpoints, nowJournal, nowEvents)) {
            return;
        }
        ArchiveState before = state;
        state = log.append(state.next(clock.instant().toString(), checkpoints, nowJournal, nowEvents));
        journalPieces = state.journal();
        eventPieces = state.events();
        deleteUnnamed(before);
    }

    private List<ArchivedCheckpoint> kept(List<ArchivedCheckpoint> all) {
        OptionalLong newest = all.stream().mapToLong(ArchivedCheckpoint::step).max();
        return all.stream()
                .filter(at -> at.permanent()
                        || at.step() == newest.orElseThrow()
                        || CheckpointManifest.isIn(run.checkpoint(at.step())))
                .sorted(Comparator.comparingLong(ArchivedCheckpoint::step))
                .toList();
    }

    /** What cannot be deleted now is swept by the next trainer. */
    private void deleteUnnamed(ArchiveState before) {
        try {
            for (ArchivedCheckpoint gone : before.checkpoints()) {
                if (!state.checkpoints().contains(gone)) {
                    store.delete(gone.folder() + CheckpointManifest.NAME);
                    for (String key : store.list(gone.folder(), Optional.empty())) {
                        store.delete(key);
                    }
                }
            }
            for (Piece gone : Stream.concat(before.journal().stream(), before.events().stream())
                    .toList()) {
                if (!state.names(gone.key())) {
                    store.delete(gone.key());
                }
            }
        } catch (IOException e) {
            LOG.warn("What the archive does not need any more stays there for now: {}", e.getMessage());
        }
    }
}
