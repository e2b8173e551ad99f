package org.alluvium.contracts.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The storage operations that correctness rests on, under one root. Keys are relative paths with forward slashes. Nothing
 * here needs a rename, so an object store with conditional puts provides all of it. Implementations are thread-safe.
 *
 * <p>A store in a folder is a {@link LocalObjectStore}; one that a configuration names is opened by {@code
 * store.s3.ObjectStores}. Whoever wants an immutable object as a file, such as the readers of shards, asks {@link
 * LocalFiles}.
 */
public interface ObjectStore extends AutoCloseable {

    /**
     * Creates the object whole and durably, if it does not exist. A reader sees all of it or nothing. Of several that try at
     * once exactly one is told that it did, also if requests or answers are lost.
     *
     * @return false if it exists already, whatever its content
     */
    boolean createExclusively(String key, byte[] content) throws IOException;

    /**
     * Makes a finished local file an object, durably; one of that key is replaced. A reader sees all of it or nothing. The
     * file stays where it is.
     */
    void upload(Path file, String key) throws IOException;

    /** The object's content, or empty if it does not exist. */
    Optional<byte[]> read(String key) throws IOException;

    /**
     * Opens the object for reading. Whoever reads need not fear that a connection breaks: the stream goes on by another.
     *
     * @throws java.nio.file.FileSystemException if it does not exist
     */
    InputStream open(String key) throws IOException;

    /** Keys below the prefix that are greater than {@code after} (all, if empty), in ascending order of their bytes. */
    List<String> list(String prefix, Optional<String> after) throws IOException;

    /** Everything below the prefix with its size and time, in ascending order of keys. */
    List<StoredObject> describe(String prefix) throws IOException;

    /** Deletes the object if it exists. */
    void delete(String key) throws IOException;

    /**
     * Deletes what writers that were killed have left half-written below the prefix: no object, and in no listing.
     *
     * @param before only what was begun before this time; younger ones may belong to a living writer
     * @return how many were deleted
     */
    int sweep(String prefix, Instant before) throws IOException;

    /** Where an object is, for messages. */
    String where(String key);

    /** Gives connections back. A store that lives as long as its process need not be closed. */
    @Override
    void close();
}
