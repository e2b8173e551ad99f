package org.alluvium.flink.source;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.TreeSet;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.Fingerprint;
import org.alluvium.ingest.file.ReadProgress;
import org.alluvium.ingest.file.ReadProgress.Status;
import org.alluvium.ingest.frame.Framing;

/**
 * The parts of splits and of the catalog's state, in the terms of {@link DataOutput}. Version 2:
 *
 * <pre>
 * split     := sequence:long file range progress
 * known     := file start:long progress splitCount:int splitSequence:long*
 * file      := source:UTF path:UTF sizeBytes:long modifiedMillis:long
 * range     := start:long end:long
 * progress  := offset:long records:long seenLength:long seenHash:long status:byte
 * status    := 0 open | 1 finished | 2 refused
 * </pre>
 *
 * Version 1, which is read, knew no ranges, and at most one split of a file, -1 if none:
 *
 * <pre>
 * split     := sequence:long file progress
 * known     := file progress splitSequence:long
 * </pre>
 */
final class StateFields {

    static final int VERSION = 2;

    private static final int WITHOUT_RANGES = 1;
    private static final long NO_SPLIT = -1;

    private StateFields() {}

    /** @throws IOException if a newer release has written the state */
    static void requireReadable(int version, String what) throws IOException {
        if (version < WITHOUT_RANGES || version > VERSION) {
            throw new IOException(what + " of version " + version + " was written by a newer release");
        }
    }

    static void writeSplit(FileSplit split, DataOutput out) throws IOException {
        out.writeLong(split.sequence());
        writeFile(split.file(), out);
        out.writeLong(split.range().start());
        out.writeLong(split.range().end());
        writeProgress(split.progress(), out);
    }

    static FileSplit readSplit(int version, DataInput in) throws IOException {
        long sequence = in.readLong();
        FileRef file = readFile(in);
        if (version == WITHOUT_RANGES) {
            return FileSplit.ofWhole(sequence, file, readProgress(in));
        }
        return new FileSplit(sequence, file, new Framing.Range(in.readLong(), in.readLong()), readProgress(in));
    }

    static void writeKnown(KnownFile known, DataOutput out) throws IOException {
        writeFile(known.file(), out);
        out.writeLong(known.start());
        writeProgress(known.progress(), out);
        out.writeInt(known.splits().size());
        for (long sequence : known.splits()) {
            out.writeLong(sequence);
        }
    }

    static KnownFile readKnown(int version, DataInput in) throws IOException {
        FileRef file = readFile(in);
        TreeSet<Long> splits = new TreeSet<>();
        if (version == WITHOUT_RANGES) {
            ReadProgress progress = readProgress(in);
            splits.add(in.readLong());
            splits.remove(NO_SPLIT);
            return new KnownFile(file, 0, progress, splits);
        }
        long start = in.readLong();
        ReadProgress progress = readProgress(in);
        for (int left = in.readInt(); left > 0; left--) {
            splits.add(in.readLong());
        }
        return new KnownFile(file, start, progress, splits);
    }

    private static void writeFile(FileRef file, DataOutput out) throws IOException {
        out.writeUTF(file.source());
        out.writeUTF(file.path());
        out.writeLong(file.sizeBytes());
        out.writeLong(file.modifiedMillis());
    }

    private static FileRef readFile(DataInput in) throws IOException {
        return new FileRef(in.readUTF(), in.readUTF(), in.readLong(), in.readLong());
    }

    private static void writeProgress(ReadProgress progress, DataOutput out) throws IOException {
        out.writeLong(progress.offset());
        out.writeLong(progress.records());
        out.writeLong(progress.seen().length());
        out.writeLong(progress.seen().hash());
        out.writeByte(codeOf(progress.status()));
    }

    private static ReadProgress readProgress(DataInput in) throws IOException {
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
