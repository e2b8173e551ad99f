package org.alluvium.trainer.archive;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.S3Config;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.ObjectStoreException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.contracts.store.s3.ObjectStores;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFolder;

/** The archive of a run, as the process sees it that trains the run or only looks. For one thread. */
public final class RunArchive implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(10);

    private final ObjectStore store;
    private final ArchiveLog log;
    private final RunLayout run;
    private final InstantSource clock;

    RunArchive(ObjectStore store, RunLayout run, InstantSource clock) {
        this.store = store;
        this.log = new ArchiveLog(store, clock);
        this.run = run;
        this.clock = clock;
    }

    /**
     * Opens an archive; nothing is asked of the service yet. A folder is created, but not the one it is in.
     *
     * @param run the folder on this machine
     */
    public static RunArchive open(Location location, S3Config s3, RunLayout run, InstantSource clock) {
        location.folder().ifPresent(RunArchive::createFolder);
        return new RunArchive(ObjectStores.open(location, s3), run, clock);
    }

    private static void createFolder(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder);
            }
        } catch (IOException e) {
            throw StorageException.of("create the archive", folder, e);
        }
    }

    /** What the archive holds; empty if nobody has begun it. */
    public Optional<ArchiveState> state() {
        try {
            return log.newest();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** Where it is. */
    public String where() {
        return store.where("");
    }

    /** Makes this process the one that writes; who did before is told so at its next try. */
    public ArchiveState takeOver() {
        try {
            return log.takeOver(owner());
        } catch (IOException e) {
            throw failed("take over", e);
        }
    }

    private static String owner() {
        String process = "process " + ProcessHandle.current().pid();
        try {
            return process + " on " + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return process + " on a host without a name";
        }
    }

    /**
     * Makes a run go on from the archive, if its folder has no checkpoint: fetches journal, events and reports, then the
     * newest checkpoint that is whole, and one to go back to.
     *
     * @param reach steps that the guard may go back; 0 if it never does
     * @param undone whether the run went back to before a checkpoint after that had been taken; asked once the journal is there
     * @return what was done, in words; nothing if the folder has checkpoints, or the archive none
     * @throws DataException if the archive has checkpoints and none of them is whole
     */
    public List<String> restore(ArchiveState state, long reach, Predicate<Checkpoint> undone) {
        if (!new CheckpointFolder(run).paths().isEmpty() || state.checkpoints().isEmpty()) {
            return List.of();
        }
        try {
            LocalCopy copy = new LocalCopy(store, run);
            copy.follow(state);
            return fetch(copy, state, reach, undone);
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /**
     * Fetches the checkpoint of a step, if the archive has it. The run's journal is not touched.
     *
     * @return whether it is there now
     * @throws DataException if something of it is damaged or missing
     * @throws MismatchException if the archive is ahead of the folder, or of another run
     */
    public boolean fetch(ArchiveState state, long step) {
        Optional<ArchivedCheckpoint> archived = state.checkpoints().stream()
                .filter(checkpoint -> checkpoint.step() == step)
                .findFirst();
        if (archived.isEmpty()) {
            return false;
        }
        requireSameRun(state, step);
        try {
            new LocalCopy(store, run).checkpoint(archived.get());
            return true;
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /**
     * Checks that a run can go on with this archive.
     *
     * @param step after which it would
     * @throws MismatchException if the archive is ahead of the folder, or of another run
     */
    public void requireSameRun(ArchiveState state, long step) {
        try {
            requireSameRun(state, known(state), step);
        } catch (IOException e) {
            throw failed("compare the run with", e);
        }
    }

    /** What the archive has as the folder has it, too. */
    private ArchiveState known(ArchiveState state) throws IOException {
        return state.knowing(
                ArchivePass.journalOf(run).known(state.journal()),
                ArchivePass.eventsOf(run).known(state.events()));
    }

    private List<String> fetch(LocalCopy copy, ArchiveState state, long reach, Predicate<Checkpoint> undone)
            throws IOException {
        List<String> notes = new ArrayList<>();
        OptionalLong newest = OptionalLong.empty();
        for (ArchivedCheckpoint archived : state.checkpoints().reversed()) {
            boolean wanted = newest.isEmpty() || (reach > 0 && archived.step() <= newest.getAsLong() - reach);
            if (wanted && isRestored(copy, archived, undone, notes)) {
                if (newest.isPresent() || reach == 0) {
                    return notes;
                }
                newest = OptionalLong.of(archived.step());
            }
        }
        if (new CheckpointFolder(run).paths().isEmpty()) {
            throw new DataException(
                    "none of the archive's checkpoints is whole: " + String.join("; ", notes),
                    where(),
                    "Restore one from a copy of the archive, or begin a new run with another train.archive");
        }
        return notes;
    }

    private boolean isRestored(
            LocalCopy copy, ArchivedCheckpoint archived, Predicate<Checkpoint> undone, List<String> notes)
            throws IOException {
        try {
            Checkpoint checkpoint = Checkpoint.open(copy.checkpoint(archived));
            if (undone.test(checkpoint)) {
                new CheckpointFolder(run).abandon(checkpoint);
                return false;
            }
            notes.add("step " + archived.step() + " was fetched from the archive " + where());
            return true;
        } catch (DataException | NoSuchFileException e) {
            notes.add("step " + archived.step() + " in the archive is damaged: " + e.getMessage());
        } catch (ObjectStoreException e) {
            if (e.mayPass()) {
                throw e;
            }
            notes.add("step " + archived.step() + " in the archive cannot be read: " + e.getMessage());
        }
        return false;
    }

    /**
     * Begins to copy the run to the archive that this process has taken over.
     *
     * @param step after which the run goes on
     * @throws MismatchException if the archive is ahead of the folder, or of another run
     */
    public Archiver start(ArchiveState state, long step, Archiver.Listener listener) {
        return start(state, step, listener, LOOK);
    }

    Archiver start(ArchiveState state, long step, Archiver.Listener listener, Duration look) {
        try {
            ArchiveState known = known(state);
            requireSameRun(state, known, step);
            return new Archiver(new ArchivePass(store, log, run, clock, state, known), listener, look).start();
        } catch (IOException e) {
            throw failed("compare the run with", e);
        }
    }

    private void requireSameRun(ArchiveState state, ArchiveState known, long step) throws IOException {
        long archived = state.newest().map(ArchivedCheckpoint::step).orElse(0L);
        long journal = ArchiveState.length(state.journal());
        long here = Files.exists(run.journal()) ? Files.size(run.journal()) : 0;
        if (archived > step && journal > here) {
            throw new MismatchException(
                    "the archive " + where() + " is at step " + archived + " of this run, and this folder at step "
                            + step + ": another machine has gone on with it",
                    run.root().toString(),
                    "Move this folder away; with an empty one the run goes on from the archive");
        }
        if (archived > 0
                && here > 0
                && !state.journal().isEmpty()
                && known.journal().isEmpty()
                && !isBegunAlike(state)) {
            throw new MismatchException(
                    "the archive " + where() + " is that of another run: their first steps are different",
                    run.root().toString(),
                    "Give each run a train.archive of its own");
        }
    }

    /** Whether the journals have the same first line. */
    private boolean isBegunAlike(ArchiveState state) throws IOException {
        byte[] piece = store.read(state.journal().getFirst().key()).orElse(new byte[0]);
        int line = 0;
        while (line < piece.length && piece[line] != '\n') {
            line++;
        }
        byte[] begin = new byte[line];
        try (InputStream in = Files.newInputStream(run.journal())) {
            return in.readNBytes(begin, 0, line) == line && Arrays.equals(begin, Arrays.copyOf(piece, line));
        }
    }

    private StorageException failed(String action, IOException e) {
        return StorageException.of(action + " the archive of the run", where(), e);
    }

    @Override
    public void close() {
        store.close();
    }
}
