package org.alluvium.flink.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;
import org.alluvium.contracts.log.LogEntry.DeadLetterFile;
import org.alluvium.contracts.store.Durability;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterCodec;

/**
 * Writes one file of dead letters: the lines of {@link DeadLetterCodec}, gzipped (RFC 1952) without name and time, so that
 * the same letters in the same order are the same bytes.
 */
final class DeadLetterWriter implements AutoCloseable {

    private final Path file;
    private final OutputStream out;
    private long records;

    /** Creates the file, which must not exist. */
    DeadLetterWriter(Path file) throws IOException {
        this.file = file;
        this.out = new GZIPOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), 1 << 16);
    }

    void write(DeadLetter letter) throws IOException {
        out.write(DeadLetterCodec.encode(letter).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
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
