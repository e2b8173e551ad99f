package org.alluvium.ingest.deadletter;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.text.ContentHasher;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * Writes a file of dead letters: an Avro object container file (Avro 1.12 specification, "Object Container Files") of the
 * schema {@code dead-letter-v1.avsc}, compressed with the codec {@code zstandard}. Its synchronization marker is a hash of
 * its name and not random, so that the same letters in the same order under the same name are the same bytes. Not
 * thread-safe.
 */
public final class DeadLetterOutput implements Closeable {

    /** How names of such files end. */
    public static final String SUFFIX = ".avro";

    private static final int ZSTD_LEVEL = 3;

    /** Letters are compressed together in blocks of about this size, which is also what is held in memory. */
    private static final int BLOCK_BYTES = 1 << 20;

    private final DataFileWriter<GenericRecord> writer;

    /**
     * Begins a file.
     *
     * @param out where to; closed with this
     * @param name of the file, unlike that of any other
     */
    public DeadLetterOutput(OutputStream out, String name) throws IOException {
        writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(DeadLetterAvro.SCHEMA))
                .setCodec(CodecFactory.zstandardCodec(ZSTD_LEVEL, true))
                .setSyncInterval(BLOCK_BYTES)
                .create(DeadLetterAvro.SCHEMA, out, marker(name));
    }

    private static byte[] marker(String name) {
        ContentHash hash = ContentHasher.v1(name);
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(hash.high())
                .putLong(hash.low())
                .array();
    }

    public void write(DeadLetter letter) throws IOException {
        writer.append(DeadLetterAvro.toRecord(letter));
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
