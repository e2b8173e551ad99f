package org.alluvium.flink.source;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes a split as the {@code split} of {@link StateFields}. Thread-safe. */
final class FileSplitSerializer implements SimpleVersionedSerializer<FileSplit> {

    private static final int TYPICAL_BYTES = 128;

    @Override
    public int getVersion() {
        return StateFields.VERSION;
    }

    @Override
    public byte[] serialize(FileSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(TYPICAL_BYTES);
        StateFields.writeSplit(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public FileSplit deserialize(int version, byte[] bytes) throws IOException {
        StateFields.requireReadable(version, "a file split");
        return StateFields.readSplit(version, new DataInputDeserializer(bytes));
    }
}
