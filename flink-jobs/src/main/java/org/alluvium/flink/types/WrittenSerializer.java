package org.alluvium.flink.types;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry.DeadLetterFile;
import org.alluvium.contracts.shard.ShardFile;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Format 1: the components in the order in which the records declare them, lists as an int32 size and their elements. */
public final class WrittenSerializer extends RecordSerializer<Written> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

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
        return read(in);
    }

    static void write(Written written, DataOutputView out) throws IOException {
        out.writeInt(written.shards().size());
        for (ShardFile shard : written.shards()) {
            writeShard(shard, out);
        }
        out.writeInt(written.deadLetters().size());
        for (DeadLetterFile file : written.deadLetters()) {
            Fields.writeString(file.path(), out);
            out.writeLong(file.records());
            out.writeLong(file.bytes());
            Fields.writeString(file.sha256(), out);
        }
        Fields.writeStrings(written.positions(), out);
        Funnel funnel = written.funnel();
        out.writeLong(funnel.read());
        out.writeLong(funnel.accepted());
        out.writeLong(funnel.duplicates());
        Fields.writeCounts(funnel.rejected(), out);
    }

    static Written read(DataInputView in) throws IOException {
        List<ShardFile> shards = new ArrayList<>();
        int shardCount = in.readInt();
        for (int i = 0; i < shardCount; i++) {
            shards.add(readShard(in));
        }
        List<DeadLetterFile> letters = new ArrayList<>();
        int letterCount = in.readInt();
        for (int i = 0; i < letterCount; i++) {
            letters.add(new DeadLetterFile(Fields.readString(in), in.readLong(), in.readLong(), Fields.readString(in)));
        }
        return new Written(
                shards,
                letters,
                Fields.readStrings(in),
                new Funnel(in.readLong(), in.readLong(), in.readLong(), Fields.readCounts(in)));
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
    }

    private static ShardFile readShard(DataInputView in) throws IOException {
        return new ShardFile(
                Fields.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Fields.readString(in),
                Fields.readCounts(in),
                in.readLong(),
                in.readLong());
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
