package org.alluvium.flink.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The format of the catalog's state, with the terms of {@link StateFields} and in their versions.
 *
 * <pre>
 * state  := nextSequence:long pendingCount:int split* knownCount:int known*
 * </pre>
 *
 * Thread-safe.
 */
final class CatalogStateSerializer implements SimpleVersionedSerializer<CatalogState> {

    private static final int TYPICAL_BYTES = 4096;

    @Override
    public int getVersion() {
        return StateFields.VERSION;
    }

    @Override
    public byte[] serialize(CatalogState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(TYPICAL_BYTES);
        out.writeLong(state.nextSequence());
        out.writeInt(state.pending().size());
        for (FileSplit split : state.pending()) {
            StateFields.writeSplit(split, out);
        }
        out.writeInt(state.known().size());
        for (KnownFile file : state.known()) {
            StateFields.writeKnown(file, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public CatalogState deserialize(int version, byte[] bytes) throws IOException {
        StateFields.requireReadable(version, "a file catalog");
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        long nextSequence = in.readLong();
        List<FileSplit> pending = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            pending.add(StateFields.readSplit(version, in));
        }
        List<KnownFile> known = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            known.add(StateFields.readKnown(version, in));
        }
        return new CatalogState(nextSequence, pending, known);
    }
}
