package org.alluvium.flink.types;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Finding.Bound;
import org.alluvium.ingest.reject.Reject;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A rejected document: its components in the order in which the record declares them, encoded as {@link Fields} says. */
final class RejectFields {

    private RejectFields() {}

    static void write(Reject reject, DataOutputView out) throws IOException {
        Fields.writeHash(reject.hash(), out);
        DocumentFields.write(reject.document(), out);
        out.writeLong(reject.length());
        Fields.writeString(reject.filter(), out);
        Fields.writeString(reject.reason(), out);
        Fields.writeString(reject.detail(), out);
        out.writeInt(reject.findings().size());
        for (Finding finding : reject.findings()) {
            Fields.writeString(finding.rule(), out);
            out.writeDouble(finding.value());
            out.writeBoolean(finding.bound() == Bound.AT_LEAST);
            out.writeDouble(finding.threshold());
        }
    }

    static Reject read(DataInputView in) throws IOException {
        return new Reject(
                Fields.readHash(in),
                DocumentFields.read(in),
                in.readLong(),
                Fields.readString(in),
                Fields.readString(in),
                Fields.readString(in),
                readFindings(in));
    }

    private static List<Finding> readFindings(DataInputView in) throws IOException {
        List<Finding> findings = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            findings.add(new Finding(
                    Fields.readString(in),
                    in.readDouble(),
                    in.readBoolean() ? Bound.AT_LEAST : Bound.AT_MOST,
                    in.readDouble()));
        }
        return findings;
    }
}
