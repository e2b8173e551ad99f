package org.alluvium.flink.takedown;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.flink.types.Written;
import org.alluvium.ingest.stored.ChangeOutput;
import org.alluvium.tokenizer.shard.ShardReader;
import org.alluvium.tokenizer.shard.ShardWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitGateTest {

    private static final ShardMetadata METADATA =
            new ShardMetadata(ShardMetadata.SCHEMA_VERSION, "a".repeat(64), "b".repeat(64), "test", false, true);
    private static final TakenOut BAD = TakenOut.NOTHING.and(List.of(new Selector.UrlPrefix("bad.example")));

    @TempDir
    Path folder;

    private CorpusLayout corpus;
    private CommitGate gate;

    @BeforeEach
    void open() {
        corpus = new CorpusLayout(folder.resolve("corpus")).create();
        gate = CommitGate.cleaning(new Cleaner(corpus::file, corpus.store(), folder.resolve("scratch"), () -> "new"));
    }

    @Test
    void whatIsNotOutPassesAsItIs() throws IOException {
        Written written = written(shard("a", "good", "good"), 2);
        assertThat(gate.pass(written, BAD)).isEqualTo(new CommitGate.Passed(written, List.of()));
    }

    @Test
    void rowsThatAreOutVanishAndAreCounted() throws IOException {
        Written written = written(shard("a", "good", "bad", "good"), 3);
        CommitGate.Passed passed = gate.pass(written, BAD);

        assertThat(passed.replaced()).containsExactly("shards/a.parquet");
        ShardFile shard = passed.written().shards().get(0);
        assertThat(shard.rows()).isEqualTo(2);
        assertThat(ids(shard)).containsExactly("good-0", "good-2");
        Funnel funnel = passed.written().funnel();
        assertThat(funnel.accepted()).isEqualTo(2);
        assertThat(funnel.skipped()).containsEntry("taken_down", 1L);
        assertThat(funnel.balances()).isTrue();
    }

    @Test
    void aShardOfNothingElseIsNotNamedAtAll() throws IOException {
        CommitGate.Passed passed = gate.pass(written(shard("a", "bad"), 1), BAD);

        assertThat(passed.written().shards()).isEmpty();
        assertThat(passed.replaced()).containsExactlyInAnyOrder("shards/a.parquet", "shards/a~new.parquet");
    }

    @Test
    void changesOfDocumentsThatAreOutForTheirAddressGoWithThem() throws IOException {
        Written written = written(shard("a", "bad"), 1);
        Path file = corpus.changes().resolve("c.jsonl.gz");
        try (ChangeOutput out = new ChangeOutput(Files.newOutputStream(file))) {
            out.write(change("bad-0"));
            out.write(change("good-9"));
        }
        RecordFile changes = new RecordFile("changes/c.jsonl.gz", 2, Files.size(file), Sha256.of(file));
        Written both = new Written(
                written.shards(),
                List.of(),
                List.of(),
                List.of(changes),
                List.of(),
                Map.of(),
                written.funnel(),
                written.ages(),
                written.tokens(),
                Written.NONE_KNOWN);

        CommitGate.Passed passed = gate.pass(both, BAD);
        assertThat(passed.written().changes().get(0).records()).isEqualTo(1);
        assertThat(passed.replaced()).contains("changes/c.jsonl.gz");
    }

    private static DocumentChange change(String id) {
        return new DocumentChange("s", id, DocumentChange.Kind.DELETED, Optional.empty(), "f#1", 6);
    }

    private List<String> ids(ShardFile shard) {
        List<String> ids = new ArrayList<>();
        try (ShardReader reader = ShardReader.open(corpus.file(shard))) {
            reader.forEachRemaining(row -> ids.add(row.documentId()));
        }
        return ids;
    }

    private ShardFile shard(String name, String... hosts) throws IOException {
        try (ShardWriter writer = ShardWriter.open(corpus.shards().resolve(name + ".parquet"), METADATA)) {
            for (int i = 0; i < hosts.length; i++) {
                writer.write(row(hosts[i] + "-" + i, "https://" + hosts[i] + ".example/" + i));
            }
            return writer.finish("shards/" + name + ".parquet");
        }
    }

    private static ShardRow row(String id, String url) {
        return new ShardRow(
                id,
                "s",
                "f#1",
                Optional.of(url),
                1,
                OptionalLong.empty(),
                Optional.empty(),
                1,
                new ContentHash(1, id.hashCode()),
                1,
                new int[] {1, 2},
                3);
    }

    private static Written written(ShardFile shard, long rows) {
        return new Written(
                List.of(shard),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                new Funnel(rows, rows, Map.of(), Map.of(), Map.of(), 0, Map.of()),
                Written.NOTHING.ages(),
                Written.NOTHING.tokens(),
                Written.NONE_KNOWN);
    }
}
