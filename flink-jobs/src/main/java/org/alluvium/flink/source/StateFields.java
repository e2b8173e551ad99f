package org.alluvium.flink.source;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.Fingerprint;
import org.alluvium.ingest.file.ReadProgress;
import org.alluvium.ingest.file.ReadProgress.Status;

/**
 * The parts that splits and the catalog's state have in common, version 1, in the terms of {@link DataOutput}.
 *
 * <pre>
 * split     := sequence:long file progress
 * file      := source:UTF path:UTF sizeBytes:long modifiedMillis:long
 * progress  := offset:long records:long seenLength:long seenHash:long status:byte
 * status    := 0 open | 1 finished | 2 refused
 * </pre>
 */
final class StateFields {

    private StateFields() {}

    static void writeSplit(FileSplit split, DataOutput out) throws IOException {
        out.writeLong(split.sequence());
        writeFile(split.file(), out);
        writeProgress(split.progress(), out);
    }

    static FileSplit readSplit(DataInput in) throws IOException {
        return new FileSplit(in.readLong(), readFile(in), readProgress(in));
    }

    static void writeFile(FileRef file, DataOutput out) throws IOException {
        out.writeUTF(file.source());
        out.writeUTF(file.path());
        out.writeLong(file.sizeBytes());
        out.writeLong(file.modifiedMillis());
    }

    static FileRef readFile(DataInput in) throws IOException {
        return new FileRef(in.readUTF(), in.readUTF(), in.readLong(), in.readLong());
    }

    static void writeProgress(ReadProgress progress, DataOutput out) throws IOException {
        out.writeLong(progress.offset());
        out.writeLong(progress.records());
        out.writeLong(progress.seen().length());
        out.writeLong(progress.seen().hash());
        out.writeByte(codeOf(progress.status()));
    }

    static ReadProgress readProgress(DataInput in) throws IOException {
        return new ReadProgress(
                in.readLong(), in.readLong(), new Fingerprint(in.readLong(), in.readLong()), statusOf(in.readByte()));
    }

    private static int codeOf(Status status) {
        return switch (status) {
            case OPEN -> 0;
            case FINISHED -> 1;
            case REFUSED -> 2;
        };
    }

    private static Status statusOf(byte code) throws IOException {
        return switch (code) {
            case 0 -> Status.OPEN;
            case 1 -> Status.FINISHED;
            case 2 -> Status.REFUSED;
            default -> throw new IOException("no status of a file split has the code " + code);
        };
    }
}
