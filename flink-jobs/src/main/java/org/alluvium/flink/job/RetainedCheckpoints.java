package org.alluvium.flink.job;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.error.DataException;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle.HandleAndLocalPath;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the Flink checkpoint to continue from: {@code <folder>/<job id>/chk-<n>/_metadata} with the largest n of which
 * everything is there. Flink writes the metadata last, so a checkpoint that a crash has interrupted has none.
 *
 * <p>Flink deletes old checkpoints of a process as it makes new ones, but knows of none that the process before has left
 * except the one it continued from; so they are found here, and with them the files that several checkpoints share.
 */
final class RetainedCheckpoints {

    private static final Logger LOG = LoggerFactory.getLogger(RetainedCheckpoints.class);
    private static final String METADATA = "_metadata";
    private static final Pattern NAME = Pattern.compile("chk-(\\d+)");
    private static final String ASIDE = "aside-";
    private static final String SHARED = "shared";

    private final FileSystem files;
    private final Path folder;

    /** @param jobFolder where the job's checkpoints lie; need not exist */
    RetainedCheckpoints(Location jobFolder) throws IOException {
        this.folder = new Path(jobFolder.toUri());
        this.files = folder.getFileSystem();
    }

    /**
     * The newest complete checkpoint. Damaged ones are reported and put aside, since the job that continues from an older
     * one will come to their numbers again.
     */
    Optional<Location> newest() throws IOException {
        for (Path checkpoint : newestFirst()) {
            Optional<String> damage = damage(checkpoint);
            if (damage.isEmpty()) {
                return Optional.of(StateFiles.location(checkpoint));
            }
            Path aside = putAside(checkpoint);
            LOG.warn(
                    "Flink checkpoint {} is damaged ({}); it was moved to {} and the one before it is tried",
                    checkpoint,
                    damage.get(),
                    aside.getName());
        }
        return Optional.empty();
    }

    /**
     * The checkpoint or savepoint that somebody has chosen. Checkpoints of higher numbers are put aside, since the job will
     * come to those numbers again.
     *
     * @throws DataException if it is not complete
     */
    Location chosen(Location chosen) throws IOException {
        Path checkpoint = new Path(chosen.toUri());
        Optional<String> damage = damage(checkpoint);
        if (damage.isPresent()) {
            throw new DataException(
                    "it cannot be restored: " + damage.get(),
                    chosen.toString(),
                    "Name the folder of a complete Flink checkpoint or savepoint");
        }
        long id = metadata(checkpoint).getCheckpointId();
        for (Path newer : newestFirst()) {
            if (idOf(newer) > id) {
                LOG.warn(
                        "Flink checkpoint {} is newer than the chosen one; it was moved to {}", newer, putAside(newer));
            }
        }
        return chosen;
    }

    /**
     * What processes that were killed have left and nobody needs: complete checkpoints but the newest, and shared files that
     * none of those that stay names. A checkpoint that was interrupted is not among them, since the job comes to its number
     * again. Only while no job runs; what is found may be deleted while the next one does, as it never takes up old files.
     *
     * <p>Files are told apart by their names, which are unique, so that a folder that has been copied loses nothing.
     *
     * @param keep complete checkpoints that stay; at least 1
     */
    List<Location> remains(int keep) throws IOException {
        return remainingFiles(keep).stream().map(StateFiles::location).toList();
    }

    private List<Path> remainingFiles(int keep) throws IOException {
        List<Path> complete = newestFirst();
        List<Path> remains = new ArrayList<>(complete.stream().skip(keep).toList());
        Set<String> needed = new HashSet<>();
        for (Path checkpoint : StateFiles.pathsIn(folder)) {
            boolean aside = checkpoint.getName().startsWith(ASIDE);
            if (aside || (complete.contains(checkpoint) && !remains.contains(checkpoint))) {
                Optional<Set<String>> files = files(checkpoint);
                if (files.isEmpty()) {
                    LOG.info("{} does not say which files it needs, so files of old checkpoints stay", checkpoint);
                    return remains;
                }
                needed.addAll(files.get());
            }
        }
        if (!complete.isEmpty()) {
            StateFiles.pathsIn(new Path(folder, SHARED)).stream()
                    .filter(file -> !needed.contains(file.getName()))
                    .forEach(remains::add);
        }
        return remains;
    }

    /** Names of the files that a checkpoint needs; empty if its metadata cannot be read. */
    private static Optional<Set<String>> files(Path checkpoint) {
        try {
            return Optional.of(metadata(checkpoint).getOperatorStates().stream()
                    .flatMap(RetainedCheckpoints::handles)
                    .filter(FileStateHandle.class::isInstance)
                    .map(handle -> ((FileStateHandle) handle).getFilePath().getName())
                    .collect(Collectors.toSet()));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /** The Flink checkpoint id that a folder is named after. */
    private static long idOf(Path checkpoint) {
        Matcher matcher = NAME.matcher(checkpoint.getName());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private List<Path> newestFirst() throws IOException {
        List<Path> complete = new ArrayList<>();
        for (Path entry : StateFiles.pathsIn(folder)) {
            if (idOf(entry) >= 0 && files.exists(new Path(entry, METADATA))) {
                complete.add(entry);
            }
        }
        complete.sort(Comparator.comparingLong(RetainedCheckpoints::idOf).reversed());
        return complete;
    }

    private Path putAside(Path checkpoint) throws IOException {
        String name = ASIDE + checkpoint.getName();
        Path aside = new Path(folder, name);
        for (int i = 2; files.exists(aside); i++) {
            aside = new Path(folder, name + "-" + i);
        }
        if (!files.isDistributedFS()) {
            files.rename(checkpoint, aside);
            return aside;
        }
        // An object store has no folders to rename. The metadata goes last of all: until then the next start finds it.
        for (Path file : StateFiles.pathsIn(checkpoint)) {
            if (!file.getName().equals(METADATA)) {
                files.rename(file, new Path(aside, file.getName()));
            }
        }
        files.rename(new Path(checkpoint, METADATA), new Path(aside, METADATA));
        return aside;
    }

    /** Whether a checkpoint's metadata can be read and every file it names has its size. */
    static boolean isComplete(Path checkpoint) {
        return damage(checkpoint).isEmpty();
    }

    /** What is wrong with a checkpoint, or empty if its metadata can be read and every file it names has its size. */
    private static Optional<String> damage(Path checkpoint) {
        try {
            return metadata(checkpoint).getOperatorStates().stream()
                    .flatMap(RetainedCheckpoints::handles)
                    .map(RetainedCheckpoints::damage)
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (IOException | RuntimeException unreadable) {
            // The parser of a format that is not checksummed may stumble in any way over damaged bytes.
            return Optional.of("its metadata cannot be read: " + unreadable);
        }
    }

    private static CheckpointMetadata metadata(Path checkpoint) throws IOException {
        Path file = new Path(checkpoint, METADATA);
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(file.getFileSystem().open(file)))) {
            return Checkpoints.loadCheckpointMetadata(
                    in, RetainedCheckpoints.class.getClassLoader(), checkpoint.toString());
        }
    }

    private static Stream<StreamStateHandle> handles(OperatorState operator) {
        return operator.getStates().stream()
                .flatMap(state -> Stream.concat(
                        Stream.concat(state.getManagedOperatorState().stream(), state.getRawOperatorState().stream())
                                .map(OperatorStateHandle::getDelegateStateHandle),
                        state.getManagedKeyedState().stream().flatMap(RetainedCheckpoints::handles)));
    }

    private static Stream<StreamStateHandle> handles(KeyedStateHandle keyed) {
        if (!(keyed instanceof IncrementalRemoteKeyedStateHandle incremental)) {
            return Stream.empty();
        }
        return Stream.concat(
                Stream.of(incremental.getMetaDataStateHandle()),
                Stream.concat(incremental.getSharedState().stream(), incremental.getPrivateState().stream())
                        .map(HandleAndLocalPath::getHandle));
    }

    private static Optional<String> damage(StreamStateHandle handle) {
        if (!(handle instanceof FileStateHandle file)) {
            return Optional.empty();
        }
        Path path = file.getFilePath();
        try {
            long size = path.getFileSystem().getFileStatus(path).getLen();
            return size == file.getStateSize()
                    ? Optional.empty()
                    : Optional.of(path + " has " + size + " bytes instead of " + file.getStateSize());
        } catch (FileNotFoundException missing) {
            return Optional.of(path + " is missing");
        } catch (IOException unreadable) {
            return Optional.of(path + " cannot be read: " + unreadable.getMessage());
        }
    }
}
