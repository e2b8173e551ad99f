package org.alluvium.flink.ask;

import java.io.IOException;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.OutcomeSerializer;
import org.alluvium.flink.types.RecordSerializer;
import org.alluvium.flink.types.RecordSerializerSnapshot;
import org.alluvium.flink.types.RecordType;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Outcome, int64 ticket, int32 number of questions. What is held never rests in state, so no earlier format is read. */
public final class HeldSerializer extends RecordSerializer<Held> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    public static final RecordType<Held> TYPE = new RecordType<>(Held.class, new HeldSerializer(VERSION));

    private final TypeSerializer<Outcome> outcomes =
            OutcomeSerializer.TYPE.createSerializer(new SerializerConfigImpl());

    private HeldSerializer(int version) {
        super(version);
    }

    @Override
    public void serialize(Held held, DataOutputView out) throws IOException {
        outcomes.serialize(held.outcome(), out);
        out.writeLong(held.ticket());
        out.writeInt(held.questions());
    }

    @Override
    public Held deserialize(DataInputView in) throws IOException {
        return new Held(outcomes.deserialize(in), in.readLong(), in.readInt());
    }

    @Override
    public Snapshot snapshotConfiguration() {
        return new Snapshot();
    }

    /** Stored with the state. */
    public static final class Snapshot extends RecordSerializerSnapshot<Held> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected HeldSerializer serializerOf(int version) {
            return new HeldSerializer(version);
        }
    }
}
