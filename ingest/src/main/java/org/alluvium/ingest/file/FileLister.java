package org.alluvium.ingest.file;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the files of one source. {@linkplain FileStore#isHidden Hidden} files and folders are passed over. Not thread-safe.
 */
public final class FileLister {

    private static final String MARKER = "_SUCCESS";

    private final String source;
    private final FileStore store;
    private final PathMatcher pattern;
    private final boolean onlyMarkedFolders;
    private final Set<String> closedFolders;
    private SortedMap<String, FileRef> previous = Collections.emptySortedMap();
    private final SortedSet<String> unreadable = new TreeSet<>();

    /**
     * @param source short name, recorded with every file
     * @param store where to look
     * @param pattern glob that a file's name must match
     * @param onlyMarkedFolders whether files count only once a file {@code _SUCCESS} is in their folder
     * @param closedFolders names of folders whose files do not count, however deep
     */
    public FileLister(
            String source, FileStore store, String pattern, boolean onlyMarkedFolders, Set<String> closedFolders) {
        this.source = source;
        this.store = store;
        this.pattern = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        this.onlyMarkedFolders = onlyMarkedFolders;
        this.closedFolders = Set.copyOf(closedFolders);
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
        SortedMap<String, FileRef> first = read();
        if (first.isEmpty() || previous.keySet().equals(first.keySet())) {
            previous = first;
            return first;
        }
        SortedMap<String, FileRef> second = read();
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
        try {
            return store.stat(file.path()).isEmpty();
        } catch (IOException outOfSight) {
            return false;
        }
    }

    private SortedMap<String, FileRef> read() throws IOException {
        unreadable.clear();
        FileStore.Tree tree = store.walk();
        unreadable.addAll(tree.problems());
        Set<String> marked = new HashSet<>();
        tree.files().stream()
                .filter(file -> nameOf(file.path()).equals(MARKER))
                .forEach(file -> marked.add(folderOf(file.path())));
        SortedMap<String, FileRef> files = new TreeMap<>();
        for (FileStore.Entry file : tree.files()) {
            if (isWanted(file.path()) && (!onlyMarkedFolders || marked.contains(folderOf(file.path())))) {
                files.put(file.path(), new FileRef(source, file.path(), file.sizeBytes(), file.modifiedMillis()));
            }
        }
        return files;
    }

    private boolean isWanted(String path) {
        String name = nameOf(path);
        return !FileStore.isHidden(name)
                && pattern.matches(Path.of(name))
                && Arrays.stream(folderOf(path).split("/")).noneMatch(closedFolders::contains);
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String folderOf(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
