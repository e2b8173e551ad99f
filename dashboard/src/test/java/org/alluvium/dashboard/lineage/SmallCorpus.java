package org.alluvium.dashboard.lineage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.zip.GZIPOutputStream;
import org.alluvium.contracts.document.ChangeCodec;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.History;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.ingest.deadletter.DeadLetterOutput;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.ingest.reject.RejectOutput;
import org.alluvium.tokenizer.shard.ShardWriter;

/**
 * A corpus whose commits have a shard of {@value #ROWS} rows each, with a reject, a dead letter and a change: rows of commit c have
 * the numbers from {@code c * ROWS} on, the others c itself.
 */
record SmallCorpus(CorpusLayout layout) {

    static final int ROWS = 10;

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    StoreShardLog log() {
        return StoreShardLog.of(layout);
    }

    /** Appends commits up to a number of them. */
    void write(int commits) throws IOException {
        layout.create();
        for (int commit = (int) log().lastSequence().orElse(-1) + 1; commit < commits; commit++) {
            ShardFile shard = shard(commit + ".parquet", commit, row -> false);
            log().tryAppend(new LogEntry.Commit(
                    commit,
                    0,
                    "lineage",
                    commit,
                    List.of(shard),
                    List.of(letters(commit)),
                    List.of(rejects(commit)),
                    List.of(changes(commit)),
                    List.of(),
                    Map.of(),
                    Funnel.EMPTY,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    NOW.plusSeconds(commit)));
        }
    }

    /** Takes a row down: a hole is where it was, and the file that had it is gone. */
    void takeDown(int number) throws IOException {
        order(number);
        LogEntry takedown = log().read(log().lastSequence().orElseThrow());
        int commit = number / ROWS;
        ShardFile before = ((LogEntry.Commit) log().read(commit)).shards().getFirst();
        ShardFile after = shard(commit + "-again.parquet", commit, row -> row == number);
        log().tryAppend(new LogEntry.Rewrite(
                takedown.sequence() + 1,
                0,
                "lineage",
                takedown.sequence(),
                Map.of(before.path(), after),
                Map.of(),
                NOW,
                History.after(takedown)));
        Files.delete(layout.resolve(before.path()));
    }

    /** Appends the fence of a writer. */
    void takeOverBy(String lineage) {
        long next = log().lastSequence().orElse(-1) + 1;
        log().tryAppend(new LogEntry.Fence(next, 0, lineage, -1, NOW));
    }

    /** Appends the takedown of a row alone. */
    void order(int number) {
        LogEntry last = log().read(log().lastSequence().orElseThrow());
        log().tryAppend(new LogEntry.Takedown(
                last.sequence() + 1,
                0,
                "lineage",
                List.of(new Selector.Id("doc-" + number, Optional.empty())),
                "asked",
                NOW,
                History.after(last)));
    }

    private ShardFile shard(String name, int commit, IntPredicate hole) {
        ShardMetadata metadata = new ShardMetadata(
                ShardMetadata.SCHEMA_VERSION, "a".repeat(64), "b".repeat(64), "0.1.0-test", true, false);
        try (ShardWriter writer = ShardWriter.open(layout.resolve("shards/" + name), metadata)) {
            for (int number = commit * ROWS; number < (commit + 1) * ROWS; number++) {
                writer.write(hole.test(number) ? row(number).hole() : row(number));
            }
            return writer.finish("shards/" + name);
        }
    }

    private static ShardRow row(int number) {
        return new ShardRow(
                "doc-" + number,
                "web",
                "part.jsonl@" + number,
                Optional.of("https://example.org/" + number),
                1_700_000_000_000L + number,
                OptionalLong.of(1_700_000_000_500L + number),
                Optional.of("en"),
                0.5f,
                new ContentHash(number, number),
                1,
                new int[] {number, 1, 2},
                40);
    }

    private RecordFile letters(int commit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeadLetterOutput out = new DeadLetterOutput(bytes, "letters")) {
            out.write(new DeadLetter(
                    "web",
                    "broken.jsonl@" + commit,
                    0,
                    Optional.of("key-" + commit),
                    1,
                    DeadLetterReason.NOT_JSON,
                    "it ends too early",
                    new byte[] {'{'},
                    1));
        }
        return stored("dead-letters/" + commit + ".avro", bytes);
    }

    private RecordFile rejects(int commit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RejectOutput out = new RejectOutput(bytes, "rejects")) {
            Document document = new Document(
                    "rejected-" + commit,
                    "web",
                    "short.jsonl@" + commit,
                    Optional.empty(),
                    "Too short.",
                    0,
                    Optional.empty(),
                    Map.of());
            out.write(new Reject(
                    new ContentHash(-1, commit), document, 10, "gopher_quality", "too_short", "2 words", List.of()));
        }
        return stored("rejects/" + commit + ".avro", bytes);
    }

    private RecordFile changes(int commit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            DocumentChange change = new DocumentChange(
                    "web", "doc-" + commit, DocumentChange.Kind.DELETED, Optional.empty(), "orders.jsonl@" + commit, 0);
            out.write((ChangeCodec.encode(change) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return stored("changes/" + commit + ".jsonl.gz", bytes);
    }

    private RecordFile stored(String name, ByteArrayOutputStream bytes) throws IOException {
        Files.write(layout.resolve(name), bytes.toByteArray());
        return new RecordFile(name, 1, bytes.size(), Sha256.of(layout.resolve(name)));
    }
}
