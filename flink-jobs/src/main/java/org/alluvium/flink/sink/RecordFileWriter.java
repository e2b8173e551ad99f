package org.alluvium.flink.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.store.Durability;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.ingest.stored.RecordSink;

/** Writes records of one kind to files, of which one at most is open: begun by its first record. Not thread-safe. */
final class RecordFileWriter<T> implements AutoCloseable {

    /** Begins the content of a file. */
    @FunctionalInterface
    interface Format<T> {
        RecordSink<T> open(OutputStream out, String name) throws IOException;
    }

    private final Path root;
    private final Supplier<Path> names;
    private final Format<T> format;

    private Optional<RecordSink<T>> open = Optional.empty();
    private Path file;
    private long records;

    /**
     * A writer that has begun nothing yet.
     *
     * @param root of the corpus
     * @param names gives the path of the next file below it, which must not exist
     */
    RecordFileWriter(Path root, Supplier<Path> names, Format<T> format) {
        this.root = root;
        this.names = names;
        this.format = format;
    }

    void write(T row) throws IOException {
        if (open.isEmpty()) {
            file = names.get();
            records = 0;
            OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
            open = Optional.of(format.open(out, file.getFileName().toString()));
        }
        open.get().write(row);
        records++;
    }

    /** Closes the open file, if there is one, and brings it to the disk. */
    Optional<RecordFile> finish() throws IOException {
        if (open.isEmpty()) {
            return Optional.empty();
        }
        close();
        Durability.syncFile(file);
        Durability.syncFolder(file.getParent());
        String path = root.relativize(file).toString().replace('\\', '/');
        return Optional.of(new RecordFile(path, records, Files.size(file), Sha256.of(file)));
    }

    /** Closes the open file as it is. */
    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            open.get().close();
            open = Optional.empty();
        }
    }
}
