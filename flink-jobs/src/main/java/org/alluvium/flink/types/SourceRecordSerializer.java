package org.alluvium.flink.types;

import java.io.IOException;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.SourceRecord;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Format 1: one byte, 1 for content, 2 for a failure and 3 for a tombstone, then the components in the order in which the record declares
 * them, encoded as {@link Fields} says.
 */
public final class SourceRecordSerializer extends RecordSerializer<SourceRecord> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    private static final byte CONTENT = 1;
    private static final byte FAILURE = 2;
    private static final byte TOMBSTONE = 3;

    public static final RecordType<SourceRecord> TYPE =
            new RecordType<>(SourceRecord.class, new SourceRecordSerializer(VERSION));

    private SourceRecordSerializer(int version) {
        super(version);
    }

    @Override
    public void serialize(SourceRecord record, DataOutputView out) throws IOException {
        out.writeByte(kind(record));
        Fields.writeString(record.source(), out);
        Fields.writeString(record.origin(), out);
        out.writeLong(record.timeMillis());
        if (record instanceof SourceRecord.Failure failure) {
            Fields.writeString(failure.reason().code(), out);
            Fields.writeString(failure.detail(), out);
            Fields.writeBytes(failure.bytes(), out);
            out.writeLong(failure.length());
        } else if (record instanceof SourceRecord.Tombstone tombstone) {
            Fields.writeString(tombstone.key(), out);
        } else {
            SourceRecord.Content content = (SourceRecord.Content) record;
            Fields.writeOptional(content.key(), out);
            out.writeInt(content.attempt());
            Fields.writeBytes(content.bytes(), out);
        }
    }

    private static byte kind(SourceRecord record) {
        if (record instanceof SourceRecord.Content) {
            return CONTENT;
        }
        return record instanceof SourceRecord.Failure ? FAILURE : TOMBSTONE;
    }

    @Override
    public SourceRecord deserialize(DataInputView in) throws IOException {
        byte kind = in.readByte();
        String source = Fields.readString(in);
        String origin = Fields.readString(in);
        long timeMillis = in.readLong();
        return switch (kind) {
            case CONTENT ->
                new SourceRecord.Content(
                        source, origin, timeMillis, Fields.readOptional(in), in.readInt(), Fields.readBytes(in));
            case TOMBSTONE -> new SourceRecord.Tombstone(source, origin, timeMillis, Fields.readString(in));
            case FAILURE ->
                new SourceRecord.Failure(
                        source,
                        origin,
                        timeMillis,
                        DeadLetterReason.ofCode(Fields.readString(in)),
                        Fields.readString(in),
                        Fields.readBytes(in),
                        in.readLong());
            default -> throw new IOException("no record is written with the kind " + kind);
        };
    }

    @Override
    public Snapshot snapshotConfiguration() {
        return new Snapshot();
    }

    /** Stored with the state. */
    public static final class Snapshot extends RecordSerializerSnapshot<SourceRecord> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected SourceRecordSerializer serializerOf(int version) {
            return new SourceRecordSerializer(version);
        }
    }
}
