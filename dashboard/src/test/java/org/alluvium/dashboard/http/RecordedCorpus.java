package org.alluvium.dashboard.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Freshness;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.MixtureShare;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.ingest.deadletter.DeadLetterOutput;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.ingest.reject.RejectOutput;

/**
 * A small corpus with everything that the dashboard shows: three sources, of which one is paused with an alert; records that
 * left for several reasons, some of them kept; tasks, one of them held back; a mixture that changes with the seventh commit; and
 * an hour without a commit before the tenth.
 */
final class RecordedCorpus {

    private static final int COMMITS = 12;
    private static final int REJECTS = 7;
    private static final int CHANGES_MIXTURE = 7;
    private static final int AFTER_THE_GAP = 10;
    private static final String DIGEST = "0".repeat(64);

    private final CorpusLayout corpus;
    private final Instant begin;
    private final Instant now;

    private RecordedCorpus(CorpusLayout corpus, Instant begin, Instant now) {
        this.corpus = corpus;
        this.begin = begin;
        this.now = now;
    }

    /**
     * Writes it.
     *
     * @param begin time of the first commit
     * @param now when the tasks of ingest are said to be as they are
     */
    static void write(CorpusLayout corpus, Instant begin, Instant now) throws IOException {
        RecordedCorpus recorded = new RecordedCorpus(corpus, begin, now);
        recorded.writeLog();
        recorded.writeEvents();
    }

    private void writeLog() throws IOException {
        StoreShardLog log = StoreShardLog.of(corpus);
        log.tryAppend(new LogEntry.Fence(0, 0, "lineage", -1, begin));
        log.tryAppend(commit(1, List.of(letters()), List.of(rejects())));
        for (int sequence = 2; sequence <= COMMITS; sequence++) {
            log.tryAppend(commit(sequence, List.of(), List.of()));
        }
    }

    private LogEntry.Commit commit(int sequence, List<LogEntry.RecordFile> letters, List<LogEntry.RecordFile> rejects) {
        ShardFile shard = new ShardFile(
                "shards/" + sequence + ".parquet",
                70,
                20_000 + 400L * sequence,
                90_000,
                DIGEST,
                Map.of("books", 20L, "web", 50L),
                0,
                1);
        Freshness.Quantiles ages = new Freshness.Quantiles(4_000, 9_000, 12_000);
        return new LogEntry.Commit(
                sequence,
                0,
                "lineage",
                sequence,
                List.of(shard),
                letters,
                rejects,
                List.of(),
                List.of(
                        new MixtureShare("books", 2, 20, 40),
                        new MixtureShare("web", sequence < CHANGES_MIXTURE ? 1 : 1.5, 50, 50)),
                Map.of(
                        "books", new SourcePosition("books.jsonl:" + sequence, 25, 30_000, 0),
                        "odd", new SourcePosition("odd.jsonl:" + sequence, 5, 900, 0),
                        "web", new SourcePosition("web.jsonl:" + sequence, 70, 90_000, 0)),
                funnel(),
                Optional.of(new Freshness(ages, ages, ages)),
                Optional.empty(),
                false,
                begin.plusSeconds(10L * sequence + (sequence < AFTER_THE_GAP ? 0 : 3_600)));
    }

    private static Funnel funnel() {
        return new Funnel(
                100,
                70,
                Map.of("exact", 6L, "near", 4L),
                Map.of("not_json", 2L, "gopher_quality.too_short", 10L, "url.blocked_host", 3L, "mixture.left_out", 2L),
                Map.of("empty", 3L),
                0,
                Map.of());
    }

    private void writeEvents() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(event(begin, "start", "\"parallelism\":2,\"pid\":1"));
        lines.add(event(begin, "lag", """
                "source":"web","pendingSplits":3,"pendingBytes":700000,"oldestPendingMillis":%d,"paused":0""".formatted(begin.toEpochMilli())));
        lines.add(event(begin, "lag", """
                "source":"odd","pendingSplits":1,"pendingBytes":20000,"oldestPendingMillis":%d,"paused":1""".formatted(begin.toEpochMilli())));
        lines.add(event(begin.plusSeconds(20), "alert", """
                "source":"odd","share":0.96,"records":100,"action":"pause\""""));
        lines.add(task(
                "Source: Read files -> Arrive -> Judge",
                "\"read\",\"judge\"",
                "[300,410]",
                "[620,680]",
                "\"Arrive\":[10,9.5],\"Judge\":[9.5,8.2]"));
        lines.add(task("Compare versions", "\"dedup\"", "[90,120]", "[0,0]", "\"Compare versions\":[8.2,8.2]"));
        lines.add(task(
                "Deduplicate -> Mix -> Tokenize -> Write shards -> Commit to the log",
                "\"dedup\",\"tokenize\",\"write\",\"commit\"",
                "[960,990]",
                "[0,0]",
                "\"Deduplicate\":[8.2,7.2],\"Tokenize\":[7.2,7]"));
        Files.write(corpus.events(), lines);
    }

    private String task(String task, String stages, String busy, String backPressured, String rates) {
        return event(now, "task", """
                "task":"%s","stages":[%s],"subtasks":2,"busyMillis":%s,"backPressuredMillis":%s,"idleMillis":[80,240],\
                "recordsPerSecond":{%s}""".formatted(task, stages, busy, backPressured, rates));
    }

    private static String event(Instant time, String type, String fields) {
        return "{\"time\":\"" + time + "\",\"type\":\"" + type + "\"," + fields + "}";
    }

    private LogEntry.RecordFile letters() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] record = "{\"text\": <script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        try (DeadLetterOutput out = new DeadLetterOutput(bytes, "letters")) {
            for (int i = 0; i < 2; i++) {
                out.write(new DeadLetter(
                        "odd",
                        "part-0.jsonl@" + i,
                        begin.toEpochMilli(),
                        Optional.empty(),
                        1,
                        DeadLetterReason.NOT_JSON,
                        "line " + i + " ends too early",
                        record,
                        record.length));
            }
        }
        return stored("dead-letters/1.avro", 2, bytes);
    }

    private LogEntry.RecordFile rejects() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RejectOutput out = new RejectOutput(bytes, "rejects")) {
            for (int i = 0; i < REJECTS; i++) {
                Document document = new Document(
                        "rejected-" + i,
                        "web",
                        "web.jsonl@" + i,
                        Optional.empty(),
                        "Too short a text, the " + i + ". of them.",
                        begin.toEpochMilli(),
                        Optional.empty(),
                        Map.of());
                out.write(new Reject(
                        new ContentHash(i, i),
                        document,
                        34,
                        "gopher_quality",
                        "too_short",
                        "8 words of 50",
                        List.of()));
            }
        }
        return stored("rejects/1.avro", REJECTS, bytes);
    }

    private LogEntry.RecordFile stored(String name, long records, ByteArrayOutputStream bytes) throws IOException {
        Files.write(corpus.resolve(name), bytes.toByteArray());
        return new LogEntry.RecordFile(name, records, bytes.size(), Sha256.of(corpus.resolve(name)));
    }
}
