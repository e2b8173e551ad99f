package org.alluvium.ingest.conformance;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.alluvium.ingest.file.FileStore;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** One file, in memory. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MemoryFiles(String path, byte[] content) implements FileStore {

    @Override
    public Tree walk() {
        return new Tree(List.of(entry()), List.of());
    }

    @Override
    public Optional<Entry> stat(String other) {
        return Optional.of(entry()).filter(entry -> entry.path().equals(other));
    }

    private Entry entry() {
        return new Entry(path, content.length, ConformanceTest.FILE_TIME);
    }

    @Override
    public SeekableByteChannel open(String other) throws NoSuchFileException {
        if (!other.equals(path)) {
            throw new NoSuchFileException(other);
        }
        return new SeekableInMemoryByteChannel(content);
    }

    @Override
    public void delete(String other) {
        throw new UnsupportedOperationException("the input is only read");
    }

    @Override
    public boolean mayPass(IOException failed) {
        return false;
    }
}
