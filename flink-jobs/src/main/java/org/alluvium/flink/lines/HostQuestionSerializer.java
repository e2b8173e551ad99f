package org.alluvium.flink.lines;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.flink.types.RecordSerializer;
import org.alluvium.flink.types.RecordSerializerSnapshot;
import org.alluvium.flink.types.RecordType;
import org.alluvium.ingest.boilerplate.TextLines.Line;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Int32 asker, int64 ticket, int64 host, int32 number of lines, for each int64 hash and int32 length. Questions never rest in
 * state.
 */
final class HostQuestionSerializer extends RecordSerializer<HostQuestion> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    static final RecordType<HostQuestion> TYPE =
            new RecordType<>(HostQuestion.class, new HostQuestionSerializer(VERSION));

    private HostQuestionSerializer(int version) {
        super(version);
    }

    @Override
    public void serialize(HostQuestion question, DataOutputView out) throws IOException {
        out.writeInt(question.asker());
        out.writeLong(question.ticket());
        out.writeLong(question.host());
        out.writeInt(question.lines().size());
        for (Line line : question.lines()) {
            out.writeLong(line.hash());
            out.writeInt(line.length());
        }
    }

    @Override
    public HostQuestion deserialize(DataInputView in) throws IOException {
        int asker = in.readInt();
        long ticket = in.readLong();
        long host = in.readLong();
        int count = in.readInt();
        List<Line> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lines.add(new Line(in.readLong(), in.readInt()));
        }
        return new HostQuestion(asker, ticket, host, lines);
    }

    @Override
    public Snapshot snapshotConfiguration() {
        return new Snapshot();
    }

    /** Stored with the state. */
    public static final class Snapshot extends RecordSerializerSnapshot<HostQuestion> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected HostQuestionSerializer serializerOf(int version) {
            return new HostQuestionSerializer(version);
        }
    }
}
