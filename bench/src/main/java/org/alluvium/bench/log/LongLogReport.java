package org.alluvium.bench.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogCodec;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogTail;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;

/**
 * A log of so many commits, each of so many shards, on the disk: made without the sync that makes an entry durable, and then
 * asked for its end, followed there, and read. Every answer is checked before its time counts.
 *
 * <pre>
 *   bench/run.sh log.LongLogReport FOLDER ENTRIES SHARDS
 * </pre>
 */
public final class LongLogReport {

    private static final int ROUNDS = 5;
    private static final long READ = 100_000;
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private LongLogReport() {}

    /** Prints a line for each question. */
    public static void main(String[] args) throws IOException, InterruptedException {
        CorpusLayout corpus = new CorpusLayout(Files.createDirectories(Path.of(args[0])));
        long entries = Long.parseLong(args[1]);
        int shards = Integer.parseInt(args[2]);
        corpus.create();
        System.out.printf(
                Locale.ROOT,
                "%,d entries of %,d bytes%n",
                entries,
                LogCodec.encode(commit(entries - 1, shards)).length);
        time("written", 1, entries, () -> write(corpus, entries, shards));
        ShardLog log = StoreShardLog.of(corpus);
        for (int round = 0; round < ROUNDS; round++) {
            time("end found", entries - 1, 1, () -> log.lastSequence().orElseThrow());
            time(
                    "listed from the first",
                    entries - 1,
                    1,
                    () -> log.lastSequenceFrom(0).orElseThrow());
            time(
                    "listed from the end",
                    -1,
                    1,
                    () -> log.lastSequenceFrom(entries).orElse(-1));
        }
        try (LogTail tail = LogTail.open(corpus, entries - 1)) {
            long begun = System.nanoTime();
            expect(entries - 1, tail.next(Duration.ZERO).orElseThrow().sequence());
            expect(-1, tail.next(Duration.ZERO).map(LogEntry::sequence).orElse(-1L));
            say("reader opened at the end", 1, System.nanoTime() - begun);
        }
        long read = Math.min(READ, entries);
        time("read one by one", read, read, () -> readAll(log, read));
    }

    private static long readAll(ShardLog log, long entries) {
        long found = 0;
        for (long sequence = 0; sequence < entries; sequence++) {
            found += log.read(sequence).sequence() == sequence ? 1 : 0;
        }
        return found;
    }

    private static long write(CorpusLayout corpus, long entries, int shards) {
        try {
            for (long sequence = 0; sequence < entries; sequence++) {
                Path file = corpus.log().resolve(String.format(Locale.ROOT, "%020d.json", sequence));
                Files.write(file, LogCodec.encode(commit(sequence, shards)));
            }
            return 1;
        } catch (IOException e) {
            throw new IllegalStateException("the log cannot be made", e);
        }
    }

    private static LogEntry commit(long sequence, int shards) {
        List<ShardFile> files = IntStream.range(0, shards)
                .mapToObj(shard -> new ShardFile(
                        "shards/" + DIGEST.substring(0, 32) + "-" + sequence + "-" + shard + ".parquet",
                        1_000,
                        500_000,
                        1_500_000,
                        DIGEST,
                        Map.of("crawl", 1_000L),
                        1_795_000_000_000L,
                        1_795_000_002_000L))
                .toList();
        return new LogEntry.Commit(
                sequence,
                0,
                "a-lineage-of-thirty-two-letters-",
                sequence,
                files,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of("crawl", new SourcePosition("crawl/part-00000.jsonl@" + sequence, 1_000, 690_000, 0)),
                new Funnel(1_000L * shards, 1_000L * shards, Map.of(), Map.of(), Map.of(), 0, Map.of()),
                Optional.empty(),
                Optional.empty(),
                false,
                Instant.ofEpochMilli(1_795_000_000_000L));
    }

    private static void time(String what, long expected, long times, LongSupplier answer) {
        long begun = System.nanoTime();
        expect(expected, answer.getAsLong());
        say(what, times, System.nanoTime() - begun);
    }

    private static void expect(long expected, long answer) {
        if (answer != expected) {
            throw new IllegalStateException("the answer is " + answer + ", and should be " + expected);
        }
    }

    private static void say(String what, long times, long nanos) {
        System.out.printf(Locale.ROOT, "%-25s %,14.3f ms, %,10.1f us each%n", what, nanos / 1e6, nanos / 1e3 / times);
    }
}
