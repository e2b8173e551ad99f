package org.alluvium.flink.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.error.StorageException;

/**
 * Finds what a job can go on from after its cluster has forgotten it. On a cluster every start of the job has a name of its
 * own, so checkpoints lie in as many folders, {@code <state>/<job id>/chk-<n>}, and savepoints beside them in {@code
 * <state>/savepoints/}.
 *
 * <p>The newest is the one whose metadata, which Flink writes last, was written last. Clocks may lie; but a job that is
 * started from anything older than the log's last entry is refused by the log, so that no more than a start is lost.
 */
public final class NewestState {

    private static final String METADATA = "_metadata";
    private static final String SAVEPOINTS = "savepoints";

    private NewestState() {}

    /** Where savepoints of a job go whose checkpoints go to the given folder. */
    public static Path savepoints(Path state) {
        return state.resolve(SAVEPOINTS);
    }

    /**
     * The newest complete checkpoint or savepoint; empty if there is none.
     *
     * @param state folder of the job's Flink checkpoints; need not exist
     */
    public static Optional<Path> in(Path state) {
        try {
            List<Written> found = new ArrayList<>();
            for (Path folder : folders(state)) {
                for (Path candidate : folders(folder)) {
                    if (Files.exists(candidate.resolve(METADATA))) {
                        found.add(new Written(candidate, Files.getLastModifiedTime(candidate.resolve(METADATA))));
                    }
                }
            }
            return found.stream()
                    .sorted(Comparator.comparing(Written::at).reversed())
                    .map(Written::folder)
                    .filter(RetainedCheckpoints::isComplete)
                    .findFirst();
        } catch (IOException e) {
            throw StorageException.of("look for Flink checkpoints", state, e);
        }
    }

    private record Written(Path folder, FileTime at) {}

    private static List<Path> folders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).toList();
        }
    }
}
