package org.alluvium.ingest.file;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the files of one source. Names that begin with '.' or '_', of files and of folders, are passed over: that is how
 * writers mark what is not complete. Links are followed; one that leads nowhere is listed as a file. Not thread-safe.
 */
public final class FileLister {

    private static final String PATH_SEPARATOR = "/";

    private final String source;
    private final Path folder;
    private final PathMatcher pattern;
    private SortedMap<String, FileRef> previous = Collections.emptySortedMap();
    private final SortedSet<String> unreadable = new TreeSet<>();

    /**
     * @param source short name, recorded with every file
     * @param folder where to look, with its subfolders
     * @param pattern glob that a file's name must match
     */
    public FileLister(String source, Path folder, String pattern) {
        this.source = source;
        this.folder = folder;
        this.pattern = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }

    /**
     * The files that are there, by path. Files that were created one after the other in the order of their paths are never
     * listed with one left out before another: reading a folder while files are created in it may miss an older file and
     * show a younger one, so whenever something is new the folder is read again, and nothing behind the last path of the
     * first reading is taken from the second.
     *
     * @throws IOException if the folder cannot be read
     */
    public SortedMap<String, FileRef> list() throws IOException {
        SortedMap<String, FileRef> first = walk();
        if (first.isEmpty() || previous.keySet().equals(first.keySet())) {
            previous = first;
            return first;
        }
        SortedMap<String, FileRef> second = walk();
        // Appending NUL gives the smallest string that is greater.
        previous = new TreeMap<>(second.headMap(first.lastKey() + '\0'));
        return previous;
    }

    /** What the last listing had to leave out because it could not be looked into, with the reason. */
    public SortedSet<String> unreadable() {
        return Collections.unmodifiableSortedSet(unreadable);
    }

    /** Whether the file is surely not there, rather than out of sight. */
    public boolean isGone(FileRef file) {
        return Files.isDirectory(folder) && Files.notExists(folder.resolve(file.path()));
    }

    private SortedMap<String, FileRef> walk() throws IOException {
        unreadable.clear();
        Walk walk = new Walk();
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
        return walk.files;
    }

    /** One reading of the folder. */
    private final class Walk extends SimpleFileVisitor<Path> {

        private final SortedMap<String, FileRef> files = new TreeMap<>();

        @Override
        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return dir.equals(folder) || isVisible(dir) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // With links followed, what is still a link leads nowhere. It is listed, so that reading it says so.
            boolean readable = attributes.isRegularFile() || attributes.isSymbolicLink();
            if (!readable || !isVisible(file) || !pattern.matches(file.getFileName())) {
                return FileVisitResult.CONTINUE;
            }
            String path = relative(file);
            if (isNameOf(path, file)) {
                long modifiedMillis = attributes.lastModifiedTime().toMillis();
                files.put(path, new FileRef(source, path, attributes.size(), modifiedMillis));
            } else {
                unreadable.add(file + ": this process's locale cannot express the name; start it with LC_ALL=C.UTF-8");
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
    }

    /** What vanished while we looked, or is not ours to read, must not keep the rest from being found. */
    private FileVisitResult skipUnreadable(Path path, IOException failed) throws IOException {
        if (path.equals(folder)) {
            throw failed;
        }
        if (!(failed instanceof NoSuchFileException)) {
            unreadable.add(failed.toString());
        }
        return FileVisitResult.CONTINUE;
    }

    /** Whether the file can be found by its name; where the locale has too few characters, names come back damaged. */
    private boolean isNameOf(String path, Path file) {
        try {
            return folder.resolve(path).equals(file);
        } catch (InvalidPathException inexpressible) {
            return false;
        }
    }

    private static boolean isVisible(Path path) {
        String name = path.getFileName().toString();
        return !name.startsWith(".") && !name.startsWith("_");
    }

    private String relative(Path file) {
        return folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), PATH_SEPARATOR);
    }
}
