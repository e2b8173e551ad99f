package org.alluvium.contracts.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.contracts.store.StoredObject;

/** A store that counts what it is asked for. */
final class CountingStore implements ObjectStore {

    private final ObjectStore store;
    private final AtomicInteger reads = new AtomicInteger();
    private int listed;

    CountingStore(ObjectStore store) {
        this.store = store;
    }

    /** Objects that were asked for. */
    int reads() {
        return reads.get();
    }

    /** Keys that listings brought. */
    int listed() {
        return listed;
    }

    void forget() {
        reads.set(0);
        listed = 0;
    }

    @Override
    public boolean createExclusively(String key, byte[] content) throws IOException {
        return store.createExclusively(key, content);
    }

    @Override
    public void upload(Path file, String key) throws IOException {
        store.upload(file, key);
    }

    @Override
    public Optional<byte[]> read(String key) throws IOException {
        reads.incrementAndGet();
        return store.read(key);
    }

    @Override
    public InputStream open(String key) throws IOException {
        return store.open(key);
    }

    @Override
    public List<String> list(String prefix, Optional<String> after) throws IOException {
        List<String> keys = store.list(prefix, after);
        listed += keys.size();
        return keys;
    }

    @Override
    public List<StoredObject> describe(String prefix) throws IOException {
        return store.describe(prefix);
    }

    @Override
    public void delete(String key) throws IOException {
        store.delete(key);
    }

    @Override
    public int sweep(String prefix, Instant before) throws IOException {
        return store.sweep(prefix, before);
    }

    @Override
    public String where(String key) {
        return store.where(key);
    }

    @Override
    public void close() {
        store.close();
    }
}
