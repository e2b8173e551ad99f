package org.alluvium.flink.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.alluvium.ingest.file.FileStore;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Files that a file system of Flink's reaches by URI, such as those of an object store. An object store has no empty
 * folders, so a root that is not there is an empty one. Thread-safe.
 */
final class FlinkFiles implements FileStore {

    private final Path root;

    /** @param root URI of a folder, in a file system that Flink has been set up with by the time it is read */
    FlinkFiles(String root) {
        this.root = new Path(root);
    }

    @Override
    public Tree walk() throws IOException {
        List<Entry> files = new ArrayList<>();
        Deque<String> folders = new ArrayDeque<>(List.of(""));
        while (!folders.isEmpty()) {
            String folder = folders.pop();
            for (FileStatus status : list(folder)) {
                String name = status.getPath().getName();
                if (!status.isDir()) {
                    files.add(entry(folder + name, status));
                } else if (!FileStore.isHidden(name)) {
                    folders.push(folder + name + '/');
                }
            }
        }
        return new Tree(files, List.of());
    }

    private FileStatus[] list(String folder) throws IOException {
        Path path = folder.isEmpty() ? root : new Path(root, folder);
        try {
            FileStatus[] found = call(() -> fileSystem().listStatus(path));
            return found == null ? new FileStatus[0] : found;
        } catch (FileNotFoundException empty) {
            return new FileStatus[0];
        }
    }

    private static Entry entry(String path, FileStatus status) {
        return new Entry(path, status.getLen(), status.getModificationTime());
    }

    @Override
    public Optional<Entry> stat(String path) throws IOException {
        try {
            return Optional.of(entry(path, call(() -> fileSystem().getFileStatus(new Path(root, path)))));
        } catch (FileNotFoundException gone) {
            return Optional.empty();
        }
    }

    @Override
    public SeekableByteChannel open(String path) throws IOException {
        Path file = new Path(root, path);
        try {
            long size = call(() -> fileSystem().getFileStatus(file)).getLen();
            return new FlinkFileChannel(call(() -> fileSystem().open(file)), size);
        } catch (FileNotFoundException missing) {
            throw (IOException) new NoSuchFileException(file.toString()).initCause(missing);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        call(() -> fileSystem().delete(new Path(root, path), false));
    }

    /** A network fails and recovers; a file that is not there or not ours stays so. */
    @Override
    public boolean mayPass(IOException failed) {
        return !(failed instanceof NoSuchFileException || failed instanceof AccessDeniedException);
    }

    /** Something that a file system does. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException;
    }

    /** Runs an action; clients of object stores throw what they like when a store cannot be reached. */
    static <T> T call(Action<T> action) throws IOException {
        try {
            return action.run();
        } catch (RuntimeException failed) {
            throw new IOException(failed.toString(), failed);
        }
    }

    private FileSystem fileSystem() throws IOException {
        return FileSystem.get(root.toUri());
    }
}
