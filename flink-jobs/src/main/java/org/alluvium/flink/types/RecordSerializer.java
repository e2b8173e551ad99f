package org.alluvium.flink.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer of an immutable type with a numbered format. The number is stored by {@link RecordSerializerSnapshot} beside
 * the state it describes; a serializer of an older number reads that state, the newest one writes.
 *
 * <p>Because values are immutable they are never copied: operators in one chain pass references.
 */
public abstract class RecordSerializer<T> extends TypeSerializer<T> {

    private static final long serialVersionUID = 1L;

    private final int version;

    /** A serializer that reads and writes the given version of the format. */
    protected RecordSerializer(int version) {
        this.version = version;
    }

    /** Number of the format that this instance reads. */
    protected final int version() {
        return version;
    }

    @Override
    public final boolean isImmutableType() {
        return true;
    }

    /** Instances hold nothing that a thread could change, so one serves all. */
    @Override
    public final TypeSerializer<T> duplicate() {
        return this;
    }

    /** There is no empty value of an immutable type; Flink accepts null and never reuses it. */
    @Override
    public final T createInstance() {
        return null;
    }

    @Override
    public final T copy(T from) {
        return from;
    }

    @Override
    public final T copy(T from, T reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public final T deserialize(T reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public final void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    /** Two serializers of one class and version are the same; their subclasses add nothing that could differ. */
    @Override
    @SuppressWarnings("EqualsGetClass") // a serializer of another type must not be equal
    public final boolean equals(Object other) {
        return other != null && getClass() == other.getClass() && version == ((RecordSerializer<?>) other).version;
    }

    @Override
    public final int hashCode() {
        return 31 * getClass().getName().hashCode() + version;
    }

    @Override
    public abstract RecordSerializerSnapshot<T> snapshotConfiguration();
}
