package org.alluvium.ingest.stored;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.ingest.text.ContentHasher;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * Writes an Avro object container file (Avro 1.12 specification, "Object Container Files"), compressed with the codec
 * {@code zstandard}. Its synchronization marker is a hash of its name and not random, so that the same records in the same
 * order under the same name are the same bytes. Not thread-safe.
 */
public final class RecordOutput implements RecordSink<GenericRecord> {

    private static final int ZSTD_LEVEL = 3;

    /** Records are compressed together in blocks of about this size, which is also what is held in memory. */
    private static final int BLOCK_BYTES = 1 << 20;

    private final DataFileWriter<GenericRecord> writer;

    /**
     * Begins a file.
     *
     * @param schema of every record
     * @param out where to; closed with this
     * @param name of the file, unlike that of any other
     */
    public RecordOutput(Schema schema, OutputStream out, String name) throws IOException {
        writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema))
                .setCodec(CodecFactory.zstandardCodec(ZSTD_LEVEL, true))
                .setSyncInterval(BLOCK_BYTES)
                .create(schema, out, marker(name));
    }

    private static byte[] marker(String name) {
        ContentHash hash = ContentHasher.v1(name);
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(hash.high())
                .putLong(hash.low())
                .array();
    }

    @Override
    public void write(GenericRecord row) throws IOException {
        writer.append(row);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
