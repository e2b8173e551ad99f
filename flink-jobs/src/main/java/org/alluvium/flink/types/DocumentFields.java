package org.alluvium.flink.types;

import java.io.IOException;
import org.alluvium.contracts.document.Document;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A document: its components in the order in which the record declares them, encoded as {@link Fields} says. */
final class DocumentFields {

    private DocumentFields() {}

    static void write(Document document, DataOutputView out) throws IOException {
        Fields.writeString(document.id(), out);
        Fields.writeString(document.source(), out);
        Fields.writeString(document.origin(), out);
        Fields.writeOptional(document.url(), out);
        Fields.writeString(document.text(), out);
        out.writeLong(document.eventTimeMillis());
        Fields.writeOptional(document.language(), out);
        Fields.writeStrings(document.attributes(), out);
    }

    static Document read(DataInputView in) throws IOException {
        return new Document(
                Fields.readString(in),
                Fields.readString(in),
                Fields.readString(in),
                Fields.readOptional(in),
                Fields.readString(in),
                in.readLong(),
                Fields.readOptional(in),
                Fields.readStrings(in));
    }
}
