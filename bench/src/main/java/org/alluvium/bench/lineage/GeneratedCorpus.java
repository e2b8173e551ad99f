package org.alluvium.bench.lineage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.RowSeal;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.tokenizer.shard.ShardWriter;

/**
 * A corpus of so many short documents and the journal of a run that learned from all of them once, in one or two pieces each: of document
 * n all is known from n.
 *
 * @param documents a multiple of {@value #ROWS}
 */
record GeneratedCorpus(CorpusLayout corpus, RunLayout run, long documents) {

    /** Rows of a shard; a commit has one. */
    static final int ROWS = 2_000;

    static final int PIECES = 128;

    private static final int TOKENS = 48;

    static GeneratedCorpus in(Path folder, long documents) {
        return new GeneratedCorpus(
                new CorpusLayout(folder.resolve("corpus")), new RunLayout(folder.resolve("run")), documents);
    }

    static String id(long number) {
        return String.format(Locale.ROOT, "crawl-%012d", number);
    }

    static String url(long number) {
        return "https://www." + Long.toString(Long.remainderUnsigned(mixed(number), 1_000_003), 36)
                + ".example/articles/2026/" + number + ".html";
    }

    static String origin(long number) {
        return "crawl-2026-" + number / 40_000 + ".warc.gz#" + number;
    }

    static ContentHash hash(long number) {
        return new ContentHash(mixed(number), mixed(~number));
    }

    static RowPlace place(long number) {
        return new RowPlace(number / ROWS, 0, number % ROWS);
    }

    /** Steps that learned from a document. */
    static List<Long> steps(long number) {
        return LongStream.range(firstPiece(number), firstPiece(number + 1))
                .map(piece -> piece / PIECES + 1)
                .distinct()
                .boxed()
                .toList();
    }

    /** Every other document is in two pieces. */
    private static long firstPiece(long document) {
        return document + document / 2;
    }

    private static long mixed(long number) {
        return new SplittableRandom(number).nextLong();
    }

    void write() throws IOException {
        corpus.create();
        StoreShardLog log = StoreShardLog.of(corpus);
        for (long entry = 0; entry < documents / ROWS; entry++) {
            log.tryAppend(commit(entry, shard(entry)));
        }
        writeJournal();
    }

    private ShardFile shard(long entry) {
        String path = String.format(Locale.ROOT, "shards/%08d.parquet", entry);
        ShardMetadata metadata = new ShardMetadata(
                ShardMetadata.SCHEMA_VERSION, "0".repeat(64), "1".repeat(64), "generated", true, true);
        try (ShardWriter writer = ShardWriter.open(corpus.resolve(path), metadata)) {
            for (long number = entry * ROWS; number < (entry + 1) * ROWS; number++) {
                writer.write(row(number));
            }
            return writer.finish(path);
        }
    }

    private static ShardRow row(long number) {
        SplittableRandom random = new SplittableRandom(number);
        return new ShardRow(
                id(number),
                number % 3 == 0 ? "books" : "crawl",
                origin(number),
                Optional.of(url(number)),
                1_790_000_000_000L + number,
                OptionalLong.of(1_790_000_003_000L + number),
                Optional.of("en"),
                0.5f,
                hash(number),
                1,
                random.ints(TOKENS, 0, 32_000).toArray(),
                200,
                Optional.of(new RowSeal.Salt(String.format(Locale.ROOT, "%032x", number))));
    }

    private static LogEntry commit(long entry, ShardFile shard) {
        return new LogEntry.Commit(
                entry,
                1,
                "generated",
                entry,
                List.of(shard),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Funnel.EMPTY,
                Optional.empty(),
                Optional.empty(),
                false,
                Instant.ofEpochMilli(1_790_000_010_000L + 10_000 * entry));
    }

    private void writeJournal() throws IOException {
        run.create();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(run.journal()), 1 << 20)) {
            long[] piece = {0};
            StringBuilder[] line = {new StringBuilder()};
            LongStream.range(0, documents).forEach(number -> {
                for (long each = firstPiece(number); each < firstPiece(number + 1); each++) {
                    line[0].append(line[0].isEmpty() ? "" : ",")
                            .append(piece(number, each == firstPiece(number) ? 0 : 24));
                    if (++piece[0] % PIECES == 0) {
                        append(out, piece[0] / PIECES, line[0]);
                        line[0] = new StringBuilder();
                    }
                }
            });
            if (!line[0].isEmpty()) {
                append(out, piece[0] / PIECES + 1, line[0]);
            }
        }
    }

    private static String piece(long number, int from) {
        RowPlace place = place(number);
        return "{\"id\":\"" + id(number) + "\",\"row\":[" + place.entry() + ",0," + place.row() + "],\"from\":" + from
                + ",\"tokens\":24,\"lossBits\":\"4054000000000000\"}";
    }

    private static void append(OutputStream out, long step, StringBuilder documents) {
        String line = "{\"step\":" + step + ",\"window\":0,\"documents\":[" + documents + "],\"tokens\":" + 24 * PIECES
                + ",\"loss\":3.3,\"lossBits\":\"400a666666666666\",\"learningRate\":0.001,\"gradNorm\":1.0,\"gradNormBits\":\"3ff0000000000000\"}\n";
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
