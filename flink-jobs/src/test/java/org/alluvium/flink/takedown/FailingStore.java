package org.alluvium.flink.takedown;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.contracts.store.StoredObject;

/** A store that takes so many changes, and then none any more, as if its user had been killed. */
final class FailingStore implements ObjectStore {

    private final ObjectStore store;
    private int left;

    FailingStore(ObjectStore store, int operations) {
        this.store = store;
        this.left = operations;
    }

    private void change() throws IOException {
        if (left-- <= 0) {
            throw new IOException("killed");
        }
    }

    @Override
    public boolean createExclusively(String key, byte[] content) throws IOException {
        change();
        return store.createExclusively(key, content);
    }

    @Override
    public void upload(Path file, String key) throws IOException {
        change();
        store.upload(file, key);
    }

    @Override
    public Optional<byte[]> read(String key) throws IOException {
        return store.read(key);
    }

    @Override
    public InputStream open(String key) throws IOException {
        return store.open(key);
    }

    @Override
    public List<String> list(String prefix, Optional<String> after) throws IOException {
        return store.list(prefix, after);
    }

    @Override
    public List<StoredObject> describe(String prefix) throws IOException {
        return store.describe(prefix);
    }

    @Override
    public void delete(String key) throws IOException {
        change();
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
