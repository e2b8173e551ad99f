package org.alluvium.ingest.stored;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.alluvium.contracts.document.ChangeCodec;
import org.alluvium.contracts.document.DocumentChange;

/**
 * Writes a file of changes: the lines of {@link ChangeCodec}, gzipped without name and time, so that the same changes in
 * the same order are the same bytes.
 */
public final class ChangeOutput implements RecordSink<DocumentChange> {

    private final OutputStream out;

    /** @param out where to; closed with this */
    public ChangeOutput(OutputStream out) throws IOException {
        this.out = new GZIPOutputStream(out, 1 << 16);
    }

    @Override
    public void write(DocumentChange change) throws IOException {
        out.write(ChangeCodec.encode(change).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
