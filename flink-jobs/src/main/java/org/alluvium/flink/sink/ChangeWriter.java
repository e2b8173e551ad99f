package org.alluvium.flink.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;
import org.alluvium.contracts.document.ChangeCodec;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.log.LogEntry.ChangeFile;
import org.alluvium.contracts.store.Durability;
import org.alluvium.contracts.store.Sha256;

/**
 * Writes one file of changes: the lines of {@link ChangeCodec}, gzipped without name and time, so that the same changes in
 * the same order are the same bytes.
 */
final class ChangeWriter implements AutoCloseable {

    private final Path file;
    private final OutputStream out;
    private long records;

    /** Creates the file, which must not exist. */
    ChangeWriter(Path file) throws IOException {
        this.file = file;
        this.out = new GZIPOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), 1 << 16);
    }

    void write(DocumentChange change) throws IOException {
        out.write(ChangeCodec.encode(change).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
        records++;
    }

    /**
     * Closes the file and brings it to the disk.
     *
     * @param path how the log is to name it
     */
    ChangeFile finish(String path) throws IOException {
        out.close();
        Durability.syncFile(file);
        Durability.syncFolder(file.getParent());
        return new ChangeFile(path, records, Files.size(file), Sha256.of(file));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
