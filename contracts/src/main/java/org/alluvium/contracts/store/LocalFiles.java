package org.alluvium.contracts.store;

import java.nio.file.Path;

/**
 * The one place where immutable objects of a store, such as shards, become files of this machine: {@code
 * files.get(shard.path(), shard.bytes(), shard.sha256())}. Of a store in a folder it is the file itself, at no cost; of a
 * remote one it is a copy in an {@link ObjectCache}. Implementations are thread-safe.
 */
@FunctionalInterface
public interface LocalFiles {

    /**
     * A local file with the object's content, fetched if need be. It is for reading only, and soon: a copy that has not been
     * asked for in a while may be deleted, though who has it open keeps it.
     *
     * @param key of the object
     * @param bytes its size, as the log tells it
     * @param sha256 its digest, as the log tells it
     * @throws org.alluvium.contracts.error.DataException if the store has something else than that under this key
     * @throws org.alluvium.contracts.error.StorageException if it cannot be fetched or kept
     */
    Path get(String key, long bytes, String sha256);

    /** The files of a folder as they are; neither size nor digest is looked at. */
    static LocalFiles of(LocalObjectStore store) {
        return (key, bytes, sha256) -> Path.of(store.where(key));
    }
}
