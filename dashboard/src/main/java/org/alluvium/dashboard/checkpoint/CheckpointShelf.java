package org.alluvium.dashboard.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.probe.ProbeFolder;

/** The checkpoints of a run, and what is known of their being whole. Thread-safe. */
public final class CheckpointShelf {

    private static final String UNREADABLE = "unreadable";

    private final RunLayout run;
    private final Map<Path, Verified> verified = new ConcurrentHashMap<>();

    public CheckpointShelf(RunLayout run) {
        this.run = run;
    }

    /** Whether every file has its digest. */
    public enum Wholeness {
        /** Nobody has looked since it was written. */
        UNKNOWN,
        WHOLE,
        DAMAGED
    }

    private record Verified(Instant of, Wholeness wholeness, String problem) {}

    /**
     * A checkpoint on the shelf.
     *
     * @param step updates made when it was written
     * @param kind {@code permanent}, {@code temporary}, or {@code unreadable}
     * @param tokens trained on by then
     * @param bytes of all its files
     * @param writtenAt when it was finished
     * @param wholeness whether its files are what they were
     * @param problem what is wrong with it, if anything
     */
    public record Entry(
            long step, String kind, long tokens, long bytes, String writtenAt, Wholeness wholeness, String problem) {}

    /** All of them, oldest first. */
    public List<Entry> entries() {
        if (!Files.isDirectory(run.checkpoints())) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(run.checkpoints())) {
            return children.filter(path -> RunLayout.stepOf(path).isPresent() && CheckpointManifest.isIn(path))
                    .sorted(Comparator.naturalOrder())
                    .map(path -> whileThere(path, () -> entry(path)))
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw StorageException.of("list the checkpoints", run.checkpoints(), e);
        }
    }

    /** Those that can be read, oldest first. */
    public List<Checkpoint> readable() {
        return entries().stream()
                .filter(entry -> !entry.kind().equals(UNREADABLE))
                .flatMap(entry -> find(entry.step()).stream())
                .toList();
    }

    private Entry entry(Path path) {
        long step = RunLayout.stepOf(path).orElseThrow();
        Instant writtenAt = writtenAt(path);
        Verified known = verified.get(path);
        boolean valid = known != null && known.of().equals(writtenAt);
        Wholeness wholeness = valid ? known.wholeness() : Wholeness.UNKNOWN;
        try {
            Checkpoint checkpoint = Checkpoint.open(path);
            return new Entry(
                    step,
                    checkpoint.state().kind().name().toLowerCase(Locale.ROOT),
                    checkpoint.state().progress().tokens(),
                    checkpoint.manifest().bytes(),
                    writtenAt.toString(),
                    wholeness,
                    valid ? known.problem() : "");
        } catch (AlluviumException e) {
            if (!CheckpointManifest.isIn(path)) {
                throw e;
            }
            return new Entry(step, UNREADABLE, 0, 0, writtenAt.toString(), Wholeness.DAMAGED, e.getMessage());
        }
    }

    private static Instant writtenAt(Path path) {
        try {
            return Files.getLastModifiedTime(path.resolve(CheckpointManifest.NAME))
                    .toInstant();
        } catch (IOException e) {
            throw StorageException.of("look at the checkpoint", path, e);
        }
    }

    /** Reads every file of a checkpoint and compares it with its digest; what came of it is in its entry from now on. */
    public Entry verify(Checkpoint checkpoint) {
        Instant writtenAt = writtenAt(checkpoint.path());
        List<String> problems = checkpoint.manifest().problems(checkpoint.path());
        Wholeness wholeness = problems.isEmpty() ? Wholeness.WHOLE : Wholeness.DAMAGED;
        verified.put(checkpoint.path(), new Verified(writtenAt, wholeness, String.join("; ", problems)));
        return entry(checkpoint.path());
    }

    /** What checkpoints made of the run's probe texts, also those that are gone. */
    public ProbeFolder probes() {
        return new ProbeFolder(run);
    }

    /** The checkpoint after so many steps; empty if there is none that is complete. */
    public Optional<Checkpoint> find(long step) {
        Path path = run.checkpoint(step);
        return CheckpointManifest.isIn(path) ? whileThere(path, () -> Checkpoint.open(path)) : Optional.empty();
    }

    /** What is read of a checkpoint; empty if it is deleted meanwhile, as a live run does with those that others replace. */
    private static <T> Optional<T> whileThere(Path path, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (AlluviumException e) {
            if (CheckpointManifest.isIn(path)) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
