package org.alluvium.flink.types;

import java.io.IOException;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.SourceRecord;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Format 1: one byte, 1 for a line and 2 for a failure, then the components in the order in which the record declares
 * them, encoded as {@link Fields} says.
 */
public final class SourceRecordSerializer extends RecordSerializer<SourceRecord> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    private static final byte LINE = 1;
    private static final byte FAILURE = 2;

    public static final RecordType<SourceRecord> TYPE =
            new RecordType<>(SourceRecord.class, new SourceRecordSerializer(VERSION));

    private SourceRecordSerializer(int version) {
        super(version);
    }

    @Override
    public void serialize(SourceRecord record, DataOutputView out) throws IOException {
        out.writeByte(record instanceof SourceRecord.Line ? LINE : FAILURE);
        Fields.writeString(record.source(), out);
        Fields.writeString(record.origin(), out);
        out.writeLong(record.fileTimeMillis());
        if (record instanceof SourceRecord.Failure failure) {
            Fields.writeString(failure.reason().code(), out);
            Fields.writeString(failure.detail(), out);
            Fields.writeBytes(failure.excerpt(), out);
        } else {
            Fields.writeBytes(((SourceRecord.Line) record).bytes(), out);
        }
    }

    @Override
    public SourceRecord deserialize(DataInputView in) throws IOException {
        byte kind = in.readByte();
        String source = Fields.readString(in);
        String origin = Fields.readString(in);
        long fileTimeMillis = in.readLong();
        return switch (kind) {
            case LINE -> new SourceRecord.Line(source, origin, fileTimeMillis, Fields.readBytes(in));
            case FAILURE ->
                new SourceRecord.Failure(
                        source,
                        origin,
                        fileTimeMillis,
                        DeadLetterReason.ofCode(Fields.readString(in)),
                        Fields.readString(in),
                        Fields.readBytes(in));
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
