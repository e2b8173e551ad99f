package org.alluvium.ingest.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/**
 * Where the files of a source lie: a tree of folders under one root, on whatever medium. Paths are relative to the root,
 * names separated by '/'. Implementations are thread-safe.
 */
public interface FileStore {

    /**
     * What is known of a file without opening it.
     *
     * @param path relative to the root
     * @param sizeBytes its length
     * @param modifiedMillis when it was last changed, in milliseconds since the epoch
     */
    record Entry(String path, long sizeBytes, long modifiedMillis) {}

    /**
     * One reading of the tree.
     *
     * @param files in no particular order
     * @param problems what could not be looked into, with the reason, for people
     */
    record Tree(List<Entry> files, List<String> problems) {
        public Tree {
            files = List.copyOf(files);
            problems = List.copyOf(problems);
        }
    }

    /** Whether a file or folder is passed over: that is how writers mark what is not complete. */
    static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    /**
     * All files of the tree, without entering {@linkplain #isHidden hidden} folders. Hidden files are listed, and so are
     * links that lead nowhere, so that reading them says so.
     *
     * @throws IOException if the root cannot be read
     */
    Tree walk() throws IOException;

    /**
     * The file as it is now; empty if it is surely not there, rather than out of sight.
     *
     * @throws IOException if that cannot be told
     */
    Optional<Entry> stat(String path) throws IOException;

    /**
     * Opens a file for reading.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there
     * @throws java.nio.file.AccessDeniedException if this process may not read it
     * @throws IOException if it cannot be opened for another reason
     */
    SeekableByteChannel open(String path) throws IOException;

    /**
     * Deletes a file that is there.
     *
     * @throws IOException if it is not there or cannot be deleted
     */
    void delete(String path) throws IOException;

    /** Whether what made a read fail may pass, so that it is worth trying again, and says nothing about the file. */
    boolean mayPass(IOException failed);
}
