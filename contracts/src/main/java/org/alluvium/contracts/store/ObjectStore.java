package org.alluvium.contracts.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The storage operations that correctness rests on, under one root. Keys are relative paths with forward slashes. Nothing
 * here needs a rename, so an object store with conditional puts can provide all of it. Implementations are thread-safe.
 */
public interface ObjectStore {

    /**
     * Creates the object whole and durably, if it does not exist. A reader sees all of it or nothing.
     *
     * @return false if it exists already, whatever its content
     */
    boolean createExclusively(String key, byte[] content) throws IOException;

    /** The object's content, or empty if it does not exist. */
    Optional<byte[]> read(String key) throws IOException;

    /** Opens the object for reading. */
    InputStream open(String key) throws IOException;

    /** Keys below the prefix that are greater than {@code after} (all, if empty), in ascending order of their bytes. */
    List<String> list(String prefix, Optional<String> after) throws IOException;

    /** Deletes the object if it exists. */
    void delete(String key) throws IOException;
}
