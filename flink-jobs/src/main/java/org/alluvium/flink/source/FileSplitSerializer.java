package org.alluvium.flink.source;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes a split as the {@code split} of {@link StateFields}. Thread-safe. */
final class FileSplitSerializer implements SimpleVersionedSerializer<FileSplit> {

    private static final int VERSION = 1;
    private static final int TYPICAL_BYTES = 128;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(FileSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(TYPICAL_BYTES);
        StateFields.writeSplit(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public FileSplit deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("a file split of version " + version + " was written by a newer release");
        }
        return StateFields.readSplit(new DataInputDeserializer(bytes));
    }
}
