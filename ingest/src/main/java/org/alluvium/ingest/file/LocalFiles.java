package org.alluvium.ingest.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** A folder of this machine, with its subfolders. Links are followed. Thread-safe. */
public final class LocalFiles implements FileStore {

    private static final String PATH_SEPARATOR = "/";

    private final Path folder;

    public LocalFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public Tree walk() throws IOException {
        Walk walk = new Walk();
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
        return new Tree(walk.files, walk.problems);
    }

    @Override
    public Optional<Entry> stat(String path) throws IOException {
        Path file = folder.resolve(path);
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Entry(
                    path, attributes.size(), attributes.lastModifiedTime().toMillis()));
        } catch (NoSuchFileException gone) {
            if (Files.isDirectory(folder)) {
                return Optional.empty();
            }
            throw (IOException) new FileNotFoundException("the folder " + folder + " is not there").initCause(gone);
        }
    }

    @Override
    public SeekableByteChannel open(String path) throws IOException {
        try {
            return Files.newByteChannel(folder.resolve(path));
        } catch (InvalidPathException inexpressible) {
            throw (IOException) new IOException(
                            "this process's locale cannot express the file's name: start it with LC_ALL=C.UTF-8")
                    .initCause(inexpressible);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        Files.delete(folder.resolve(path));
    }

    /** What a local disk refuses it refuses again. */
    @Override
    public boolean mayPass(IOException failed) {
        return false;
    }

    /** One reading of the folder. */
    private final class Walk extends SimpleFileVisitor<Path> {

        private final List<Entry> files = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        @Override
        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            boolean enter = dir.equals(folder) || !FileStore.isHidden(nameOf(dir));
            return enter ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // With links followed, what is still a link leads nowhere.
            if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
                String path = relative(file);
                if (isNameOf(path, file)) {
                    files.add(new Entry(
                            path,
                            attributes.size(),
                            attributes.lastModifiedTime().toMillis()));
                } else {
                    problems.add(
                            file + ": this process's locale cannot express the name; start it with LC_ALL=C.UTF-8");
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
            return skipUnreadable(file, failed);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path dir, IOException failed) throws IOException {
            return failed == null ? FileVisitResult.CONTINUE : skipUnreadable(dir, failed);
        }

        /** What vanished while we looked, or is not ours to read, must not keep the rest from being found. */
        private FileVisitResult skipUnreadable(Path path, IOException failed) throws IOException {
            if (path.equals(folder)) {
                throw failed;
            }
            if (!(failed instanceof NoSuchFileException)) {
                problems.add(failed.toString());
            }
            return FileVisitResult.CONTINUE;
        }
    }

    /** Whether the file can be found by its name; where the locale has too few characters, names come back damaged. */
    private boolean isNameOf(String path, Path file) {
        try {
            return folder.resolve(path).equals(file);
        } catch (InvalidPathException inexpressible) {
            return false;
        }
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString();
    }

    private String relative(Path file) {
        return folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), PATH_SEPARATOR);
    }
}
