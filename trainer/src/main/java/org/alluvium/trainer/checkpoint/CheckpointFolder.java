package org.alluvium.trainer.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.RunLayout;

/**
 * The checkpoints of a run. Holds no state but the path; one trainer changes the folder at a time, for which it holds the
 * run's lock, and anybody may read.
 */
public final class CheckpointFolder {

    private static final String DAMAGED = "damaged-";
    private static final String UNDONE = "undone-";

    private final RunLayout run;

    public CheckpointFolder(RunLayout run) {
        this.run = run;
    }

    /** A folder that has a checkpoint's name but cannot be used, and why. */
    public record Damaged(Path path, String problem) {}

    /**
     * What a run can go on from.
     *
     * @param checkpoint the newest one that is whole, if there is any
     * @param damaged newer ones that are not
     */
    public record Newest(Optional<Checkpoint> checkpoint, List<Damaged> damaged) {

        public Newest {
            damaged = List.copyOf(damaged);
        }
    }

    /** Folders named as checkpoints, newest first, whatever is in them. */
    public List<Path> paths() {
        if (!Files.isDirectory(run.checkpoints())) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(run.checkpoints())) {
            return children.filter(path -> RunLayout.stepOf(path).isPresent())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw StorageException.of("list the checkpoints", run.checkpoints(), e);
        }
    }

    /** Finds the newest checkpoint of which every file has its digest, reading no older one than needed. */
    public Newest newest() {
        return newestOf(paths());
    }

    /** The same of those that do not know a step. */
    public Newest newestBefore(long step) {
        return newestOf(paths().stream()
                .filter(path -> RunLayout.stepOf(path).orElseThrow() < step)
                .toList());
    }

    private static Newest newestOf(List<Path> paths) {
        List<Damaged> damaged = new ArrayList<>();
        for (Path path : paths) {
            try {
                return new Newest(Optional.of(Checkpoint.verified(path)), damaged);
            } catch (DataException e) {
                damaged.add(new Damaged(path, e.getMessage()));
            }
        }
        return new Newest(Optional.empty(), damaged);
    }

    /**
     * Clears away what a killed trainer left of a checkpoint it was writing.
     *
     * @return names of what was cleared away
     */
    public List<String> recover() {
        return AtomicDirectory.recover(run.checkpoints());
    }

    /** Gives a damaged checkpoint another name, so that its step can be written again and nothing is destroyed. */
    public Path setAside(Damaged damaged) {
        return rename(damaged.path(), DAMAGED);
    }

    private static Path rename(Path checkpoint, String prefix) {
        Path aside = checkpoint.resolveSibling(prefix + checkpoint.getFileName());
        for (int n = 2; Files.exists(aside); n++) {
            aside = checkpoint.resolveSibling(prefix + checkpoint.getFileName() + "-" + n);
        }
        try {
            return Files.move(checkpoint, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw StorageException.of("set the checkpoint aside", checkpoint, e);
        }
    }

    /**
     * Takes a checkpoint of steps that were undone out of the way: a temporary one is deleted, a permanent one gets another
     * name.
     */
    public void abandon(Checkpoint undone) {
        if (undone.state().kind() == CheckpointKind.TEMPORARY) {
            AtomicDirectory.delete(undone.path());
        } else {
            rename(undone.path(), UNDONE);
        }
    }

    /**
     * Deletes the checkpoints that need not be kept. A folder is renamed before its files go, so that a kill leaves no half of
     * a checkpoint under a checkpoint's name.
     *
     * @param step at which the run is
     * @param inUse those that stay for now
     * @return the paths of those deleted
     */
    public List<Path> retain(Retention retention, long step, Predicate<Path> inUse) {
        List<Path> dispensable =
                retention.dispensable(paths(), step, path -> kindOf(path) == CheckpointKind.TEMPORARY).stream()
                        .filter(inUse.negate())
                        .toList();
        dispensable.forEach(AtomicDirectory::delete);
        return dispensable;
    }

    /** A checkpoint whose state cannot be read is none that may be deleted. */
    private static CheckpointKind kindOf(Path path) {
        try {
            return Checkpoint.open(path).state().kind();
        } catch (DataException e) {
            return CheckpointKind.PERMANENT;
        }
    }
}
