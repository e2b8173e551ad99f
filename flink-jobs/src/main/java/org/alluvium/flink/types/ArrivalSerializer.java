package org.alluvium.flink.types;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The components in the order in which the record declares them, encoded as {@link Fields} says; the outcome as {@link
 * OutcomeSerializer} writes it. Arrivals never rest in state, so no earlier format is read.
 */
public final class ArrivalSerializer extends RecordSerializer<Arrival> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    public static final RecordType<Arrival> TYPE = new RecordType<>(Arrival.class, new ArrivalSerializer(VERSION));

    private final OutcomeSerializer outcomes = OutcomeSerializer.CURRENT;

    private ArrivalSerializer(int version) {
        super(version);
    }

    @Override
    public void serialize(Arrival arrival, DataOutputView out) throws IOException {
        Fields.writeString(arrival.source(), out);
        Fields.writeString(arrival.partition(), out);
        Fields.writeString(arrival.position(), out);
        out.writeLong(arrival.timeMillis());
        out.writeLong(arrival.arrivedMillis());
        out.writeLong(arrival.bytes());
        outcomes.serialize(arrival.outcome(), out);
    }

    @Override
    public Arrival deserialize(DataInputView in) throws IOException {
        return new Arrival(
                Fields.readString(in),
                Fields.readString(in),
                Fields.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                outcomes.deserialize(in));
    }

    @Override
    public Snapshot snapshotConfiguration() {
        return new Snapshot();
    }

    /** Stored with the state. */
    public static final class Snapshot extends RecordSerializerSnapshot<Arrival> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected ArrivalSerializer serializerOf(int version) {
            return new ArrivalSerializer(version);
        }
    }
}
