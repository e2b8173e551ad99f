package org.alluvium.flink.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.error.StorageException;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

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

    /** Where savepoints of the configured job go. */
    public static Location savepoints(AlluviumConfig config) {
        return FlinkSettings.state(config).resolve(SAVEPOINTS);
    }

    /** The newest complete checkpoint or savepoint of the configured job; empty if there is none. */
    public static Optional<Location> of(AlluviumConfig config) {
        FlinkFileSystems.setUp(config);
        return in(FlinkSettings.state(config));
    }

    /** The same in a place that need not exist. */
    static Optional<Location> in(Location state) {
        try {
            List<FileStatus> found = new ArrayList<>();
            for (FileStatus folder : StateFiles.folders(new Path(state.toUri()))) {
                for (FileStatus candidate : StateFiles.folders(folder.getPath())) {
                    StateFiles.look(new Path(candidate.getPath(), METADATA)).ifPresent(found::add);
                }
            }
            return found.stream()
                    .sorted(Comparator.comparingLong(FileStatus::getModificationTime)
                            .reversed())
                    .map(metadata -> metadata.getPath().getParent())
                    .filter(RetainedCheckpoints::isComplete)
                    .findFirst()
                    .map(StateFiles::location);
        } catch (IOException e) {
            throw StorageException.of("look for Flink checkpoints", state.toString(), e);
        }
    }
}
