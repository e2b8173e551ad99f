package org.alluvium.flink.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.alluvium.contracts.log.LogEntry.DeadLetterFile;
import org.alluvium.contracts.store.Durability;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.ingest.deadletter.DeadLetterOutput;
import org.alluvium.ingest.record.DeadLetter;

/** Writes one file of dead letters, in the format of {@link DeadLetterOutput}. Not thread-safe. */
final class DeadLetterWriter implements AutoCloseable {

    private final Path file;
    private final DeadLetterOutput out;
    private long records;

    /** Creates the file, which must not exist. */
    DeadLetterWriter(Path file) throws IOException {
        this.file = file;
        this.out = new DeadLetterOutput(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW),
                file.getFileName().toString());
    }

    void write(DeadLetter letter) throws IOException {
        out.write(letter);
        records++;
    }

    /**
     * Closes the file and brings it to the disk.
     *
     * @param path how the log is to name it
     */
    DeadLetterFile finish(String path) throws IOException {
        out.close();
        Durability.syncFile(file);
        Durability.syncFolder(file.getParent());
        return new DeadLetterFile(path, records, Files.size(file), Sha256.of(file));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
