package org.alluvium.flink.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The memory of which format some state was written in: nothing but its version. State of the current version is used as
 * it is, state of an older one is migrated, and state of a newer one is refused. The class name is stored too, so
 * subclasses are never renamed.
 */
public abstract class RecordSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {

    private static final int SNAPSHOT_VERSION = 1;

    private int formatVersion;

    /** Begins with the version that this release writes; {@link #readSnapshot} replaces it by the one that was stored. */
    protected RecordSerializerSnapshot(int currentFormat) {
        this.formatVersion = currentFormat;
    }

    /** The serializer that reads the given version of the format. */
    protected abstract RecordSerializer<T> serializerOf(int version);

    @Override
    public final int getCurrentVersion() {
        return SNAPSHOT_VERSION;
    }

    @Override
    public final void writeSnapshot(DataOutputView out) throws IOException {
        out.writeInt(formatVersion);
    }

    @Override
    public final void readSnapshot(int snapshotVersion, DataInputView in, ClassLoader classLoader) throws IOException {
        if (snapshotVersion != SNAPSHOT_VERSION) {
            throw new IOException(getClass().getName() + ": snapshot version " + snapshotVersion + " is not known");
        }
        formatVersion = in.readInt();
    }

    @Override
    public final RecordSerializer<T> restoreSerializer() {
        return serializerOf(formatVersion);
    }

    @Override
    public final TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> stored) {
        if (stored.getClass() != getClass()) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        int storedVersion = ((RecordSerializerSnapshot<T>) stored).formatVersion;
        if (storedVersion == formatVersion) {
            return TypeSerializerSchemaCompatibility.compatibleAsIs();
        }
        return storedVersion < formatVersion
                ? TypeSerializerSchemaCompatibility.compatibleAfterMigration()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
