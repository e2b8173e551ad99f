package org.alluvium.flink.dedup;

import java.io.IOException;
import org.alluvium.flink.types.RecordSerializer;
import org.alluvium.flink.types.RecordSerializerSnapshot;
import org.alluvium.flink.types.RecordType;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Int32 asker, int64 ticket, int64 holder, int32 number, int64 key. Bands never rest in state. */
final class BandSerializer extends RecordSerializer<Claim.Band> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    static final RecordType<Claim.Band> TYPE = new RecordType<>(Claim.Band.class, new BandSerializer(VERSION));

    private BandSerializer(int version) {
        super(version);
    }

    @Override
    public void serialize(Claim.Band band, DataOutputView out) throws IOException {
        out.writeInt(band.asker());
        out.writeLong(band.ticket());
        out.writeLong(band.holder());
        out.writeInt(band.number());
        out.writeLong(band.key());
    }

    @Override
    public Claim.Band deserialize(DataInputView in) throws IOException {
        return new Claim.Band(in.readInt(), in.readLong(), in.readLong(), in.readInt(), in.readLong());
    }

    @Override
    public Snapshot snapshotConfiguration() {
        return new Snapshot();
    }

    /** Stored with the state. */
    public static final class Snapshot extends RecordSerializerSnapshot<Claim.Band> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected BandSerializer serializerOf(int version) {
            return new BandSerializer(version);
        }
    }
}
