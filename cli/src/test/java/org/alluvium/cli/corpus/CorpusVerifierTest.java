package org.alluvium.cli.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Family;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.History;
import org.alluvium.contracts.log.LogCodec;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.LogEntry.Fence;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.merkle.MerkleHash;
import org.alluvium.contracts.merkle.MerkleTree;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.ingest.deadletter.DeadLetterOutput;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.tokenizer.shard.ShardWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusVerifierTest {

    private static final Funnel TWO_AND_ONE =
            new Funnel(4, 2, Map.of("exact", 1L), Map.of("not_json", 1L), Map.of(), 0, Map.of());

    @TempDir
    Path root;

    private CorpusLayout corpus;
    private ShardLog log;

    @BeforeEach
    void writeACorpus() throws IOException {
        corpus = new CorpusLayout(root).create();
        log = StoreShardLog.of(corpus);
        log.tryAppend(new Fence(0, 1, "lineage", -1, Instant.EPOCH));
        append(1, 1, shard("a"), TWO_AND_ONE);
        append(2, 1, shard("b"), TWO_AND_ONE);
    }

    @Test
    void aWholeCorpusIsFoundWhole() {
        assertThat(verify()).isEqualTo(new Verification(3, 4, 4, 0, 10, List.of()));
    }

    @Test
    void aDamagedShardIsNamedAndTheRestIsLookedAtAllTheSame() throws IOException {
        Path shard = corpus.resolve("shards/a.parquet");
        byte[] bytes = Files.readAllBytes(shard);
        bytes[bytes.length / 2] ^= 1;
        Files.write(shard, bytes);
        Files.delete(corpus.resolve("shards/b.parquet"));

        assertThat(verify().damages())
                .hasSize(2)
                .anySatisfy(damage -> assertThat(damage).startsWith(shard + ": SHA-256: the file has "))
                .anySatisfy(
                        damage -> assertThat(damage).contains("b.parquet: the log names a shard that is not there"));
    }

    @Test
    void aDamagedEntryIsNamedAndThoseAfterItAreLookedAt() throws IOException {
        Path entry = corpus.log().resolve("00000000000000000001.json");
        Files.writeString(entry, Files.readString(entry).replace("\"rows\":2", "\"rows\":3"));

        Verification found = verify();

        assertThat(found.damages())
                .singleElement()
                .asString()
                .contains("00000000000000000001.json: the log entry is damaged");
        assertThat(found.documents()).isEqualTo(2);
    }

    @Test
    void aShardThatIsNotOfItsFamilyIsNamed() throws IOException {
        Family family = new Family("b", "01", false, true, new TreeMap<>());
        log.tryAppend(new Fence(3, 2, "lineage", -1, Optional.of(family), Instant.EPOCH, History.NONE));
        append(4, 2, shard("c"), TWO_AND_ONE);

        assertThat(verify().damages())
                .singleElement()
                .asString()
                .contains("c.parquet", "differs from its family 'b' in tokenizer.model, tokenizer.addEos");
    }

    /** Its own digest is as it should be; what comes after it knows better. */
    @Test
    void anEntryThatWasExchangedIsFoundOut() throws IOException {
        Path entry = corpus.log().resolve("00000000000000000001.json");
        LogEntry other = new Fence(1, 1, "lineage", 7, Instant.EPOCH);
        Files.write(entry, LogCodec.encode(other, StoreShardLog.of(corpus).tree(1)));

        assertThat(verify().damages())
                .singleElement()
                .asString()
                .contains("the entries before log entry 2 are not those that it was appended to");
    }

    @Test
    void anEntryWhoseTreeContradictsItselfIsNamed() throws IOException {
        Path entry = corpus.log().resolve("00000000000000000002.json");
        MerkleTree other = MerkleTree.EMPTY.plus(MerkleHash.leaf("a")).plus(MerkleHash.leaf("b"));
        String file = new String(LogCodec.encode(log.read(2), other), UTF_8);
        String json = file.substring(file.indexOf("\"entry\":") + 8, file.length() - 2);
        String contradicting = json.replace("\"root\":\"" + other.root(), "\"root\":\"" + "0".repeat(64));
        Files.writeString(
                entry,
                "{\"version\":1,\"sha256\":\"" + Sha256.of(contradicting.getBytes(UTF_8)) + "\",\"entry\":"
                        + contradicting + "}\n");

        assertThat(verify().damages())
                .singleElement()
                .asString()
                .contains("00000000000000000002.json: the log entry lacks a tree of 2 entries");
    }

    @Test
    void aLostEntryIsNamed() throws IOException {
        Files.delete(corpus.log().resolve("00000000000000000001.json"));

        assertThat(verify().damages())
                .singleElement()
                .asString()
                .contains("00000000000000000001.json: the log entry is missing");
    }

    @Test
    void countsThatContradictTheRowsOrEachOtherAreNamed() throws IOException {
        ShardFile shard = shard("c");
        ShardFile wrong = new ShardFile(
                shard.path(), 3, shard.tokens(), shard.bytes(), shard.sha256(), shard.rowsPerSource(), 5, 5);
        append(3, 1, wrong, new Funnel(9, 2, Map.of(), Map.of(), Map.of(), 0, Map.of()));

        assertThat(verify().damages())
                .anySatisfy(damage -> assertThat(damage).contains("counts 2 accepted documents, its shards 3"))
                .anySatisfy(damage -> assertThat(damage).contains("loses records"))
                .anySatisfy(damage -> assertThat(damage).contains("c.parquet: rows: the file has 2, the log says 3"))
                .hasSize(3);
        assertThat(new CorpusVerifier(corpus, CorpusVerifier.Depth.DIGESTS)
                        .verify()
                        .damages())
                .hasSize(2);
    }

    @Test
    void aShardThatTwoEntriesNameAndAnEpochThatFallsAreNamed() throws IOException {
        append(3, 0, shard("c"), TWO_AND_ONE);
        ShardFile again = ((Commit) log.read(1)).shards().get(0);
        append(4, 1, again, TWO_AND_ONE);

        assertThat(verify().damages())
                .anySatisfy(damage -> assertThat(damage).contains("has writer epoch 0 after 1"))
                .anySatisfy(damage -> assertThat(damage).contains("names shards/a.parquet, as an earlier entry does"));
    }

    @Test
    void deadLettersAreComparedAsWell() throws IOException {
        Files.writeString(corpus.resolve("dead-letters/1.avro"), "other");
        Files.delete(corpus.resolve("dead-letters/2.avro"));

        assertThat(verify().damages())
                .anySatisfy(damage -> assertThat(damage).contains("1.avro: the dead letters are not those"))
                .anySatisfy(
                        damage -> assertThat(damage).contains("2.avro: the log names dead letters that are not there"))
                .hasSize(2);
    }

    private Verification verify() {
        return new CorpusVerifier(corpus, CorpusVerifier.Depth.ROWS).verify();
    }

    private void append(long sequence, long epoch, ShardFile shard, Funnel funnel) throws IOException {
        log.tryAppend(new Commit(
                sequence,
                epoch,
                "lineage",
                sequence,
                List.of(shard),
                List.of(letters(sequence)),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                funnel,
                Optional.empty(),
                Optional.empty(),
                false,
                Instant.EPOCH));
    }

    private ShardFile shard(String name) {
        String path = "shards/" + name + ".parquet";
        ShardMetadata metadata = new ShardMetadata(ShardMetadata.SCHEMA_VERSION, "00", "11", "0.1.0", false, false);
        try (ShardWriter writer = ShardWriter.open(corpus.resolve(path), metadata)) {
            writer.write(row(name + 1, 1, 2, 3));
            writer.write(row(name + 2, 4, 5));
            return writer.finish(path);
        }
    }

    private static ShardRow row(String id, int... inputIds) {
        ContentHash hash = new ContentHash(1, 2);
        return new ShardRow(
                id, "news", "f#1", Optional.empty(), 5, OptionalLong.of(6), Optional.empty(), 1, hash, 1, inputIds, 7);
    }

    private RecordFile letters(long sequence) throws IOException {
        String path = "dead-letters/" + sequence + ".avro";
        Path file = corpus.resolve(path);
        try (DeadLetterOutput out = new DeadLetterOutput(Files.newOutputStream(file), path)) {
            out.write(new DeadLetter(
                    "news", "f@9", 0, Optional.empty(), 1, DeadLetterReason.NOT_JSON, "no", new byte[0], 0));
        }
        return new RecordFile(path, 1, Files.size(file), Sha256.of(file));
    }
}
