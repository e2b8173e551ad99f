package org.alluvium.flink.types;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.log.MixtureShare;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Shares of a mixture: their int32 number, then of each its components in the order in which the record declares them. */
final class MixtureFields {

    private MixtureFields() {}

    static void write(List<MixtureShare> shares, DataOutputView out) throws IOException {
        out.writeInt(shares.size());
        for (MixtureShare share : shares) {
            Fields.writeString(share.source(), out);
            out.writeDouble(share.epochs());
            out.writeLong(share.documents());
            out.writeLong(share.repeats());
        }
    }

    static List<MixtureShare> read(DataInputView in) throws IOException {
        List<MixtureShare> shares = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            shares.add(new MixtureShare(Fields.readString(in), in.readDouble(), in.readLong(), in.readLong()));
        }
        return shares;
    }
}
