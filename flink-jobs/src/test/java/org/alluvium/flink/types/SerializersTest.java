package org.alluvium.flink.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.MixtureShare;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.log.TextTokens;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.flink.types.CommitState.Pending;
import org.alluvium.flink.types.Outcome.Duplicate.Kind;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.SkipReason;
import org.alluvium.ingest.record.SourceRecord;
import org.alluvium.ingest.reject.Reject;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SerializersTest {

    /** A value with every kind of field filled, and the type that writes it. */
    record Sample<T>(RecordType<T> type, T value) {
        TypeSerializer<T> serializer() {
            return type.createSerializer(new SerializerConfigImpl());
        }

        @Override
        public String toString() {
            return value.getClass().getSimpleName();
        }
    }

    private static final ContentHash HASH = new ContentHash(0x0123456789abcdefL, 0xfedcba9876543210L);

    private static final Written WRITTEN = new Written(
            List.of(new ShardFile(
                    "shards/a.parquet",
                    3,
                    30,
                    300,
                    "ab".repeat(32),
                    Map.of("s", 3L),
                    -1,
                    7,
                    Optional.of("cd".repeat(32)))),
            List.of(new RecordFile("dead-letters/a.jsonl.gz", 1, 50, "cd".repeat(32))),
            List.of(new RecordFile("rejects/a.avro", 4, 60, "01".repeat(32))),
            List.of(new RecordFile("changes/a.jsonl.gz", 2, 40, "ef".repeat(32))),
            List.of(new MixtureShare("s", 0.5, 6, 3)),
            Map.of("s@0", new SourcePosition("f@4", 5, 600, 7)),
            new Funnel(
                    9,
                    3,
                    Map.of("exact", 1L),
                    Map.of("not_json", 1L),
                    Map.of("not_text", 2L),
                    2,
                    Map.of("pii.email", 5L)),
            new Ages(
                    new Tally(new TreeMap<>(Map.of(5L, 3L))),
                    new Tally(new TreeMap<>(Map.of(12L, 3L))),
                    new Tally(new TreeMap<>(Map.of(7L, 1L, -3L, 2L)))),
            new TextTokens(3, 300, 30, 2, 1),
            17);

    static Stream<Sample<?>> samples() {
        Document document = new Document(
                "id", "source", "f#1", Optional.of("u"), "Grüße 😀\0", 1L << 40, Optional.of("de"), Map.of("k", "v"));
        ShardRow row = new ShardRow(
                "id",
                "s",
                "f#1",
                Optional.empty(),
                -5,
                OptionalLong.of(6),
                Optional.of("de"),
                0.5f,
                HASH,
                2,
                new int[] {1, 70_000},
                9);
        byte[] bytes = {0, 1, -1};
        return Stream.of(
                new Sample<>(ContentHashSerializer.TYPE, HASH),
                new Sample<>(
                        OutcomeSerializer.TYPE,
                        new Outcome.Unjudged(document, true, 1L << 41, Map.of("repair.control", 3L))),
                new Sample<>(
                        OutcomeSerializer.TYPE,
                        new Outcome.Candidate(HASH, document, OptionalDouble.of(0.25), 3, true, 1L << 41)),
                new Sample<>(
                        OutcomeSerializer.TYPE,
                        new Outcome.Rejected(
                                new Reject(
                                        HASH,
                                        document,
                                        9,
                                        "filter",
                                        "rule",
                                        "detail",
                                        List.of(Finding.atLeast("a", 0.5, 1), Finding.atMost("rule", 2, 1))),
                                true,
                                true)),
                new Sample<>(OutcomeSerializer.TYPE, new Outcome.Edited(2, Map.of("filter.edit", 4L))),
                new Sample<>(OutcomeSerializer.TYPE, new Outcome.Mixed(1, List.of(new MixtureShare("s", 2.5, 2, 5)))),
                new Sample<>(OutcomeSerializer.TYPE, new Outcome.Duplicate(HASH, Kind.NEAR)),
                new Sample<>(OutcomeSerializer.TYPE, new Outcome.Accepted(row, new TextTokens(1, 9, 3, 1, 0))),
                new Sample<>(
                        OutcomeSerializer.TYPE,
                        new Outcome.Refused(new DeadLetter(
                                "s", "f@2", 5, Optional.of("k"), 2, DeadLetterReason.NOT_JSON, "detail", bytes, 9))),
                new Sample<>(
                        OutcomeSerializer.TYPE,
                        new Outcome.Progress(3, 17, Map.of("s", new SourcePosition("f@2", 3, 4, 5)))),
                new Sample<>(OutcomeSerializer.TYPE, new Outcome.Skipped(SkipReason.REDIRECT)),
                new Sample<>(OutcomeSerializer.TYPE, new Outcome.Forget(HASH, new ContentHash(1, 2))),
                new Sample<>(
                        OutcomeSerializer.TYPE,
                        new Outcome.Withdrawal(new DocumentChange(
                                "s", "id", DocumentChange.Kind.DELETED, Optional.of(HASH), "f@5", 6))),
                new Sample<>(
                        ArrivalSerializer.TYPE,
                        new Arrival("s", "t-0", "t-0@7", 8, 9, 10, new Outcome.Duplicate(HASH, Kind.EXACT))),
                new Sample<>(
                        SourceRecordSerializer.TYPE,
                        new SourceRecord.Content("s", "f@3", 12, Optional.of("k"), 2, bytes)),
                new Sample<>(
                        SourceRecordSerializer.TYPE,
                        new SourceRecord.Failure("s", "f@4", 13, DeadLetterReason.FILE_DAMAGED, "detail", bytes, 99)),
                new Sample<>(SourceRecordSerializer.TYPE, new SourceRecord.Tombstone("s", "t-0@5", 14, "k")),
                new Sample<>(WrittenSerializer.TYPE, WRITTEN),
                new Sample<>(
                        CommitStateSerializer.TYPE, new CommitState("lineage", 41, List.of(new Pending(6, WRITTEN)))));
    }

    @ParameterizedTest
    @MethodSource("samples")
    <T> void aValueComesBackAsItWas(Sample<T> sample) throws IOException {
        byte[] bytes = bytes(sample.serializer(), sample.value());

        T back = sample.serializer().deserialize(new DataInputDeserializer(bytes));

        assertThat(back).usingRecursiveComparison().isEqualTo(sample.value());
        assertThat(bytes(sample.serializer(), back)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("samples")
    <T> void aStoredSnapshotRestoresASerializerThatReadsTheState(Sample<T> sample) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, sample.serializer().snapshotConfiguration());
        TypeSerializerSnapshot<T> stored = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

        assertThat(stored.restoreSerializer()).isEqualTo(sample.serializer());
        assertThat(sample.serializer()
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(stored)
                        .isCompatibleAsIs())
                .isTrue();
    }

    @Test
    void stateOfANewerFormatIsRefusedAndOfAnOlderOneMigrated() throws IOException {
        ContentHashSerializer.Snapshot current = new ContentHashSerializer.Snapshot();

        assertThat(current.resolveSchemaCompatibility(snapshotOfFormat(2)).isIncompatible())
                .isTrue();
        assertThat(current.resolveSchemaCompatibility(snapshotOfFormat(0)).isCompatibleAfterMigration())
                .isTrue();
    }

    /** What release 0.1.0 left in checkpoints. */
    @Test
    void aCommitStateOfFormatOneIsRead() throws IOException {
        CommitStateSerializer.Snapshot snapshot = new CommitStateSerializer.Snapshot();
        snapshot.readSnapshot(1, formatNumber(1), getClass().getClassLoader());
        String written = "00000000" + "00000000" + "00000001" + "00000003" + "734030" + "00000003" + "662334"
                + "0000000000000002" + "0000000000000001" + "0000000000000000"
                + "00000001" + "00000001" + "78" + "0000000000000001";
        byte[] stored = HexFormat.of()
                .parseHex("000000026162" + "0000000000000102" + "00000001" + "0000000000000003" + written);

        assertThat(snapshot.restoreSerializer().deserialize(new DataInputDeserializer(stored)))
                .isEqualTo(new CommitState(
                        "ab",
                        258,
                        List.of(new Pending(
                                3,
                                new Written(
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        Map.of("s@0", new SourcePosition("f#4", 0, 0, 0)),
                                        new Funnel(2, 1, Map.of(), Map.of("x", 1L), Map.of(), 0, Map.of()),
                                        Ages.NONE,
                                        TextTokens.NONE,
                                        Written.NONE_KNOWN)))));
    }

    /** What was written before there were kinds of duplicates. */
    @Test
    void duplicatesOfFormatTwoWereExact() throws IOException {
        WrittenSerializer.Snapshot snapshot = new WrittenSerializer.Snapshot();
        snapshot.readSnapshot(1, formatNumber(2), getClass().getClassLoader());
        byte[] stored = HexFormat.of()
                .parseHex("00000000" + "00000000" + "00000000" + "00000000"
                        + "0000000000000005" + "0000000000000001" + "0000000000000002" + "00000000"
                        + "00000000" + "0000000000000002" + "00000000" + "00000000" + "00000000");

        assertThat(snapshot.restoreSerializer()
                        .deserialize(new DataInputDeserializer(stored))
                        .funnel())
                .isEqualTo(new Funnel(5, 1, Map.of("exact", 2L), Map.of(), Map.of(), 2, Map.of()));
    }

    /** What was written before rows had roots. */
    @Test
    void shardsOfFormatFiveHaveNoRoot() throws IOException {
        WrittenSerializer.Snapshot snapshot = new WrittenSerializer.Snapshot();
        snapshot.readSnapshot(1, formatNumber(5), getClass().getClassLoader());
        String shard = "00000001" + "61" + "0000000000000002" + "0000000000000003" + "0000000000000004" + "00000001"
                + "62" + "00000000" + "0000000000000005" + "0000000000000006";
        String nothingElse = hex(WrittenSerializer.TYPE, Written.NOTHING).substring(8);

        assertThat(snapshot.restoreSerializer()
                        .deserialize(
                                new DataInputDeserializer(HexFormat.of().parseHex("00000001" + shard + nothingElse)))
                        .shards())
                .containsExactly(new ShardFile("a", 2, 3, 4, "b", Map.of(), 5, 6));
    }

    /** The bytes of what lies in checkpoints, written down: a release that changes them must give them a new number. */
    @Test
    void theFormatsAreFrozen() throws IOException {
        assertThat(hex(ContentHashSerializer.TYPE, HASH)).isEqualTo("0123456789abcdeffedcba9876543210");
        assertThat(hex(OutcomeSerializer.TYPE, new Outcome.Forget(HASH, new ContentHash(1, 2))))
                .isEqualTo("080123456789abcdeffedcba9876543210" + "00000000000000010000000000000002");
        assertThat(hex(
                        CommitStateSerializer.TYPE,
                        new CommitState("ab", 258, List.of(new Pending(3, Written.NOTHING)))))
                .isEqualTo("000000026162" + "0000000000000102" + "00000001" + "0000000000000003"
                        + "00000000" + "00000000" + "00000000" + "00000000" + "00000000" + "00000000"
                        + "0000000000000000" + "0000000000000000" + "00000000"
                        + "00000000" + "00000000" + "0000000000000000" + "00000000"
                        + "00000000" + "00000000" + "00000000"
                        + "0000000000000000".repeat(5)
                        + "7fffffffffffffff");
    }

    private static ContentHashSerializer.Snapshot snapshotOfFormat(int format) throws IOException {
        ContentHashSerializer.Snapshot snapshot = new ContentHashSerializer.Snapshot();
        snapshot.readSnapshot(1, formatNumber(format), SerializersTest.class.getClassLoader());
        return snapshot;
    }

    private static DataInputDeserializer formatNumber(int format) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(4);
        out.writeInt(format);
        return new DataInputDeserializer(out.getCopyOfBuffer());
    }

    private static <T> String hex(RecordType<T> type, T value) throws IOException {
        return HexFormat.of().formatHex(bytes(type.createSerializer(new SerializerConfigImpl()), value));
    }

    private static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }
}
