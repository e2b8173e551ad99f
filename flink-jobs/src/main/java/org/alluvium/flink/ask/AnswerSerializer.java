package org.alluvium.flink.ask;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.flink.types.RecordSerializer;
import org.alluvium.flink.types.RecordSerializerSnapshot;
import org.alluvium.flink.types.RecordType;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Int32 asker, int64 ticket, int32 number of marks, int32 each. Answers never rest in state, so no earlier format is read.
 */
public final class AnswerSerializer extends RecordSerializer<Answer> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    public static final RecordType<Answer> TYPE = new RecordType<>(Answer.class, new AnswerSerializer(VERSION));

    private AnswerSerializer(int version) {
        super(version);
    }

    @Override
    public void serialize(Answer answer, DataOutputView out) throws IOException {
        out.writeInt(answer.asker());
        out.writeLong(answer.ticket());
        out.writeInt(answer.marks().size());
        for (int mark : answer.marks()) {
            out.writeInt(mark);
        }
    }

    @Override
    public Answer deserialize(DataInputView in) throws IOException {
        int asker = in.readInt();
        long ticket = in.readLong();
        int count = in.readInt();
        List<Integer> marks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            marks.add(in.readInt());
        }
        return new Answer(asker, ticket, marks);
    }

    @Override
    public Snapshot snapshotConfiguration() {
        return new Snapshot();
    }

    /** Stored with the state. */
    public static final class Snapshot extends RecordSerializerSnapshot<Answer> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected AnswerSerializer serializerOf(int version) {
            return new AnswerSerializer(version);
        }
    }
}
