package org.alluvium.ingest.deadletter;

import java.io.IOException;
import java.io.OutputStream;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.stored.RecordOutput;
import org.alluvium.ingest.stored.RecordSink;

/**
 * Writes a file of dead letters: records of the schema {@code dead-letter-v1.avsc} in the form of {@link RecordOutput}. Not
 * thread-safe.
 */
public final class DeadLetterOutput implements RecordSink<DeadLetter> {

    /** How names of such files end. */
    public static final String SUFFIX = ".avro";

    private final RecordOutput out;

    /**
     * Begins a file.
     *
     * @param out where to; closed with this
     * @param name of the file, unlike that of any other
     */
    public DeadLetterOutput(OutputStream out, String name) throws IOException {
        this.out = new RecordOutput(DeadLetterAvro.SCHEMA, out, name);
    }

    @Override
    public void write(DeadLetter letter) throws IOException {
        out.write(DeadLetterAvro.toRecord(letter));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
