package org.alluvium.flink.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.ReadProgress;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The format of the catalog's state, version 1, with the terms of {@link StateFields}.
 *
 * <pre>
 * state  := nextSequence:long pendingCount:int split* knownCount:int known*
 * known  := file progress splitSequence:long
 * </pre>
 *
 * The sequence is -1 where the file has no split. Thread-safe.
 */
final class CatalogStateSerializer implements SimpleVersionedSerializer<CatalogState> {

    private static final int VERSION = 1;
    private static final int TYPICAL_BYTES = 4096;
    private static final long NO_SPLIT = -1;

    @Override
    public int getVersion() {
        return VERSION;
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
            StateFields.writeFile(file.file(), out);
            StateFields.writeProgress(file.progress(), out);
            out.writeLong(file.split().orElse(NO_SPLIT));
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public CatalogState deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("a file catalog of version " + version + " was written by a newer release");
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        long nextSequence = in.readLong();
        List<FileSplit> pending = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            pending.add(StateFields.readSplit(in));
        }
        List<KnownFile> known = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            known.add(readKnown(in));
        }
        return new CatalogState(nextSequence, pending, known);
    }

    private static KnownFile readKnown(DataInputDeserializer in) throws IOException {
        FileRef file = StateFields.readFile(in);
        ReadProgress progress = StateFields.readProgress(in);
        long split = in.readLong();
        return new KnownFile(file, progress, split == NO_SPLIT ? OptionalLong.empty() : OptionalLong.of(split));
    }
}
