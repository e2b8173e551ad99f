package org.alluvium.flink.types;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Format 6: lineage, last sequence, then an int32 count and for each pending part its checkpoint id and what was written, in
 * the format of the same number of {@link WrittenSerializer}.
 */
public final class CommitStateSerializer extends RecordSerializer<CommitState> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 6;

    public static final RecordType<CommitState> TYPE =
            new RecordType<>(CommitState.class, new CommitStateSerializer(VERSION));

    private CommitStateSerializer(int version) {
        super(version);
    }

    @Override
    public void serialize(CommitState state, DataOutputView out) throws IOException {
        Fields.writeString(state.lineage(), out);
        out.writeLong(state.lastSequence());
        out.writeInt(state.pending().size());
        for (CommitState.Pending pending : state.pending()) {
            out.writeLong(pending.checkpointId());
            WrittenSerializer.write(pending.written(), out);
        }
    }

    @Override
    public CommitState deserialize(DataInputView in) throws IOException {
        String lineage = Fields.readString(in);
        long lastSequence = in.readLong();
        List<CommitState.Pending> pending = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            pending.add(new CommitState.Pending(in.readLong(), WrittenSerializer.read(in, version())));
        }
        return new CommitState(lineage, lastSequence, pending);
    }

    @Override
    public Snapshot snapshotConfiguration() {
        return new Snapshot();
    }

    /** Stored with the state. */
    public static final class Snapshot extends RecordSerializerSnapshot<CommitState> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected CommitStateSerializer serializerOf(int version) {
            return new CommitStateSerializer(version);
        }
    }
}
