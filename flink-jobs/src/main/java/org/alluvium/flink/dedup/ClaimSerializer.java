package org.alluvium.flink.dedup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.flink.types.RecordSerializer;
import org.alluvium.flink.types.RecordSerializerSnapshot;
import org.alluvium.flink.types.RecordType;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Int32 asker, int64 ticket, int64 holder, int32 number of keys, int64 each. Claims never rest in state. */
final class ClaimSerializer extends RecordSerializer<Claim> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    static final RecordType<Claim> TYPE = new RecordType<>(Claim.class, new ClaimSerializer(VERSION));

    private ClaimSerializer(int version) {
        super(version);
    }

    @Override
    public void serialize(Claim claim, DataOutputView out) throws IOException {
        out.writeInt(claim.asker());
        out.writeLong(claim.ticket());
        out.writeLong(claim.holder());
        out.writeInt(claim.keys().size());
        for (long key : claim.keys()) {
            out.writeLong(key);
        }
    }

    @Override
    public Claim deserialize(DataInputView in) throws IOException {
        int asker = in.readInt();
        long ticket = in.readLong();
        long holder = in.readLong();
        int count = in.readInt();
        List<Long> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(in.readLong());
        }
        return new Claim(asker, ticket, holder, keys);
    }

    @Override
    public Snapshot snapshotConfiguration() {
        return new Snapshot();
    }

    /** Stored with the state. */
    public static final class Snapshot extends RecordSerializerSnapshot<Claim> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected ClaimSerializer serializerOf(int version) {
            return new ClaimSerializer(version);
        }
    }
}
