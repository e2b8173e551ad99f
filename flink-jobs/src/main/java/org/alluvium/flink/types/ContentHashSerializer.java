package org.alluvium.flink.types;

import java.io.IOException;
import org.alluvium.contracts.document.ContentHash;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Format 1: the high then the low 64 bits, big-endian. It is the key of the deduplication state. */
public final class ContentHashSerializer extends RecordSerializer<ContentHash> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    public static final RecordType<ContentHash> TYPE =
            new RecordType<>(ContentHash.class, new ContentHashSerializer(VERSION));

    private ContentHashSerializer(int version) {
        super(version);
    }

    @Override
    public int getLength() {
        return ContentHash.BYTES;
    }

    @Override
    public void serialize(ContentHash hash, DataOutputView out) throws IOException {
        Fields.writeHash(hash, out);
    }

    @Override
    public ContentHash deserialize(DataInputView in) throws IOException {
        return Fields.readHash(in);
    }

    @Override
    public Snapshot snapshotConfiguration() {
        return new Snapshot();
    }

    /** Stored with the state. */
    public static final class Snapshot extends RecordSerializerSnapshot<ContentHash> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected ContentHashSerializer serializerOf(int version) {
            return new ContentHashSerializer(version);
        }
    }
}
