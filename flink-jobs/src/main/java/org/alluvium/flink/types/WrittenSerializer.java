package org.alluvium.flink.types;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.log.TextTokens;
import org.alluvium.contracts.shard.ShardFile;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Format 6: the components in the order in which the records declare them, lists as an int32 size and their elements; of a
 * tally its counts.
 *
 * <p>Format 5 had no roots of rows. Format 4 did not say which takedowns were known. Format 3 had no sums of tokens. Format 2 had no rejects, no mixture, no edits, and of the duplicates their number, all exact. Format 1, of release 0.1.0, furthermore had no
 * changes, no ages, nothing skipped or deleted, and of a position only where it is.
 */
public final class WrittenSerializer extends RecordSerializer<Written> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 6;

    /** The last format whose positions were nothing but places. */
    private static final int PLACES_ONLY = 1;

    /** The last format whose duplicates were all exact. */
    private static final int EXACT_ONLY = 2;

    /** The last format without sums of tokens. */
    private static final int WITHOUT_TOKENS = 3;

    /** The last format that says nothing of takedowns. */
    private static final int WITHOUT_TAKEDOWNS = 4;

    /** The last format whose shards have no roots. */
    private static final int WITHOUT_ROOTS = 5;

    public static final RecordType<Written> TYPE = new RecordType<>(Written.class, new WrittenSerializer(VERSION));

    private WrittenSerializer(int version) {
        super(version);
    }

    @Override
    public void serialize(Written written, DataOutputView out) throws IOException {
        write(written, out);
    }

    @Override
    public Written deserialize(DataInputView in) throws IOException {
        return read(in, version());
    }

    static void write(Written written, DataOutputView out) throws IOException {
        out.writeInt(written.shards().size());
        for (ShardFile shard : written.shards()) {
            writeShard(shard, out);
        }
        writeFiles(written.deadLetters(), out);
        writeFiles(written.rejects(), out);
        writeFiles(written.changes(), out);
        MixtureFields.write(written.mixture(), out);
        Fields.writePositions(written.positions(), out);
        writeFunnel(written.funnel(), out);
        writeTally(written.ages().eventToIngest(), out);
        writeTally(written.ages().arrivals(), out);
        writeTally(written.ages().events(), out);
        Fields.writeTokens(written.tokens(), out);
        out.writeLong(written.takedowns());
    }

    private static void writeFunnel(Funnel funnel, DataOutputView out) throws IOException {
        out.writeLong(funnel.read());
        out.writeLong(funnel.accepted());
        Fields.writeCounts(funnel.duplicatesByKind(), out);
        Fields.writeCounts(funnel.rejected(), out);
        Fields.writeCounts(funnel.skipped(), out);
        out.writeLong(funnel.deleted());
        Fields.writeCounts(funnel.edits(), out);
    }

    private static void writeTally(Tally tally, DataOutputView out) throws IOException {
        out.writeInt(tally.counts().size());
        for (Map.Entry<Long, Long> entry : tally.counts().entrySet()) {
            out.writeLong(entry.getKey());
            out.writeLong(entry.getValue());
        }
    }

    /** @param version of this format */
    static Written read(DataInputView in, int version) throws IOException {
        List<ShardFile> shards = new ArrayList<>();
        int shardCount = in.readInt();
        for (int i = 0; i < shardCount; i++) {
            shards.add(readShard(in, version));
        }
        List<RecordFile> letters = readFiles(in);
        boolean placesOnly = version == PLACES_ONLY;
        return new Written(
                shards,
                letters,
                version <= EXACT_ONLY ? List.of() : readFiles(in),
                placesOnly ? List.of() : readFiles(in),
                version <= EXACT_ONLY ? List.of() : MixtureFields.read(in),
                placesOnly ? readPlaces(in) : Fields.readPositions(in),
                readFunnel(in, version),
                placesOnly ? Ages.NONE : new Ages(readTally(in), readTally(in), readTally(in)),
                version <= WITHOUT_TOKENS ? TextTokens.NONE : Fields.readTokens(in),
                version <= WITHOUT_TAKEDOWNS ? Written.NONE_KNOWN : in.readLong());
    }

    private static void writeFiles(List<RecordFile> files, DataOutputView out) throws IOException {
        out.writeInt(files.size());
        for (RecordFile file : files) {
            Fields.writeString(file.path(), out);
            out.writeLong(file.records());
            out.writeLong(file.bytes());
            Fields.writeString(file.sha256(), out);
        }
    }

    private static List<RecordFile> readFiles(DataInputView in) throws IOException {
        List<RecordFile> files = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            files.add(new RecordFile(Fields.readString(in), in.readLong(), in.readLong(), Fields.readString(in)));
        }
        return files;
    }

    private static Map<String, SourcePosition> readPlaces(DataInputView in) throws IOException {
        Map<String, SourcePosition> positions = new HashMap<>();
        Fields.readStrings(in).forEach((source, at) -> positions.put(source, new SourcePosition(at, 0, 0, 0)));
        return positions;
    }

    private static Funnel readFunnel(DataInputView in, int version) throws IOException {
        long read = in.readLong();
        long accepted = in.readLong();
        Map<String, Long> duplicates = version <= EXACT_ONLY ? readExact(in) : Fields.readCounts(in);
        Map<String, Long> rejected = Fields.readCounts(in);
        boolean placesOnly = version == PLACES_ONLY;
        return new Funnel(
                read,
                accepted,
                duplicates,
                rejected,
                placesOnly ? Map.of() : Fields.readCounts(in),
                placesOnly ? 0 : in.readLong(),
                version <= EXACT_ONLY ? Map.of() : Fields.readCounts(in));
    }

    private static Map<String, Long> readExact(DataInputView in) throws IOException {
        long duplicates = in.readLong();
        return duplicates == 0 ? Map.of() : Map.of(Outcome.Duplicate.Kind.EXACT.code(), duplicates);
    }

    private static Tally readTally(DataInputView in) throws IOException {
        SortedMap<Long, Long> counts = new TreeMap<>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            counts.put(in.readLong(), in.readLong());
        }
        return new Tally(counts);
    }

    private static void writeShard(ShardFile shard, DataOutputView out) throws IOException {
        Fields.writeString(shard.path(), out);
        out.writeLong(shard.rows());
        out.writeLong(shard.tokens());
        out.writeLong(shard.bytes());
        Fields.writeString(shard.sha256(), out);
        Fields.writeCounts(shard.rowsPerSource(), out);
        out.writeLong(shard.minEventTimeMillis());
        out.writeLong(shard.maxEventTimeMillis());
        Fields.writeOptional(shard.rowsRoot(), out);
    }

    private static ShardFile readShard(DataInputView in, int version) throws IOException {
        return new ShardFile(
                Fields.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Fields.readString(in),
                Fields.readCounts(in),
                in.readLong(),
                in.readLong(),
                version <= WITHOUT_ROOTS ? Optional.empty() : Fields.readOptional(in));
    }

    @Override
    public Snapshot snapshotConfiguration() {
        return new Snapshot();
    }

    /** Stored with the state. */
    public static final class Snapshot extends RecordSerializerSnapshot<Written> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected WrittenSerializer serializerOf(int version) {
            return new WrittenSerializer(version);
        }
    }
}
