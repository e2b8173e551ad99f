package org.alluvium.flink.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.Location;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/** Looks at the files of the job's state by Flink's own file systems, wherever they lie. */
final class StateFiles {

    private StateFiles() {}

    /** What is in a folder; nothing if there is no such folder, which a file system may also say by null. */
    static List<FileStatus> in(Path folder) throws IOException {
        try {
            FileStatus[] found = folder.getFileSystem().listStatus(folder);
            return found == null ? List.of() : List.of(found);
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    /** The folders in a folder. */
    static List<FileStatus> folders(Path folder) throws IOException {
        return in(folder).stream().filter(FileStatus::isDir).toList();
    }

    /** A file or folder, if it exists. */
    static Optional<FileStatus> look(Path path) throws IOException {
        try {
            return Optional.of(path.getFileSystem().getFileStatus(path));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The place as a configuration would name it: Flink writes the URI of a local file its own way. */
    static Location location(Path path) {
        return "file".equals(path.toUri().getScheme())
                ? Location.of(java.nio.file.Path.of(path.toUri().getPath()))
                : Location.parse(path.toString(), java.nio.file.Path.of(""));
    }

    /** Deletes a file, or a folder with all that is in it; nothing if it does not exist. */
    static void delete(Location place) throws IOException {
        Path path = new Path(place.toUri());
        path.getFileSystem().delete(path, true);
    }

    /** Paths of what is in a folder. */
    static List<Path> pathsIn(Path folder) throws IOException {
        return in(folder).stream().map(FileStatus::getPath).toList();
    }
}
