package org.alluvium.ingest.reject;

import java.io.IOException;
import java.io.OutputStream;
import org.alluvium.ingest.stored.RecordOutput;
import org.alluvium.ingest.stored.RecordSink;

/**
 * Writes a file of rejects: records of the schema {@code reject-v1.avsc} in the form of {@link RecordOutput}. Not
 * thread-safe.
 */
public final class RejectOutput implements RecordSink<Reject> {

    /** How names of such files end. */
    public static final String SUFFIX = ".avro";

    private final RecordOutput out;

    /**
     * Begins a file.
     *
     * @param out where to; closed with this
     * @param name of the file, unlike that of any other
     */
    public RejectOutput(OutputStream out, String name) throws IOException {
        this.out = new RecordOutput(RejectAvro.SCHEMA, out, name);
    }

    @Override
    public void write(Reject reject) throws IOException {
        out.write(RejectAvro.toRecord(reject));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
