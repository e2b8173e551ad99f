package org.alluvium.contracts.log;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.log.Freshness.Quantiles;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.LogEntry.Fence;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.LogEntry.Rewrite;
import org.alluvium.contracts.log.LogEntry.Takedown;
import org.alluvium.contracts.shard.ShardFile;

/** Log entries for tests. */
final class LogEntries {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private LogEntries() {}

    static Fence fence(long sequence, long epoch) {
        return new Fence(sequence, epoch, "lineage", -1, NOW);
    }

    static Commit commit(long sequence, long epoch, long checkpoint) {
        return new Commit(
                sequence,
                epoch,
                "lineage",
                checkpoint,
                List.of(new ShardFile("shards/a.parquet", 2, 30, 400, "00ff", Map.of("b", 1L, "a", 1L), 5, 6)),
                List.of(new RecordFile("dead-letters/a.jsonl.gz", 1, 20, "ff00")),
                List.of(new RecordFile("rejects/a.avro", 3, 40, "0ff0")),
                List.of(new RecordFile("changes/a.jsonl.gz", 2, 30, "f00f")),
                List.of(new MixtureShare("crawl", 0.5, 4, 2)),
                Map.of("crawl", new SourcePosition("a.jsonl@7", 6, 70, 8)),
                new Funnel(
                        8,
                        2,
                        Map.of("exact", 1L),
                        Map.of("not_json", 1L),
                        Map.of("not_text", 2L),
                        2,
                        Map.of("c4.line", 3L)),
                Optional.of(new Freshness(new Quantiles(1, 2, 3), new Quantiles(4, 5, 6), new Quantiles(7, 8, 9))),
                Optional.empty(),
                false,
                NOW);
    }

    /** Entries of every shape, with any text in them. */
    static Arbitrary<LogEntry> any() {
        Arbitrary<Long> number = Arbitraries.longs();
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(20).filter(LogEntries::isUnicode);
        Arbitrary<Map<String, Long>> counts = Arbitraries.maps(text, number).ofMaxSize(3);
        Arbitrary<Instant> time = Arbitraries.longs().between(0, 1L << 42).map(Instant::ofEpochMilli);
        Arbitrary<ShardFile> shard = Combinators.combine(text, number, text, counts)
                .as((path, n, digest, perSource) -> new ShardFile(
                        path,
                        n,
                        ~n,
                        n / 2,
                        digest,
                        perSource,
                        -n,
                        n / 3,
                        Optional.of(digest).filter(root -> n % 2 == 0)));
        Arbitrary<RecordFile> letters =
                Combinators.combine(text, number, text).as((path, n, digest) -> new RecordFile(path, n, ~n, digest));
        Arbitrary<SourcePosition> position =
                Combinators.combine(text, number).as((at, n) -> new SourcePosition(at, n, ~n, n / 3));
        Arbitrary<Freshness> freshness = number.map(n -> new Freshness(
                new Quantiles(n, ~n, n / 2), new Quantiles(n / 3, n / 4, n / 5), new Quantiles(-n, n / 6, n / 7)));
        Arbitrary<LogEntry> commits = Combinators.combine(
                        number,
                        text,
                        shard.list().ofMaxSize(3),
                        letters.list().ofMaxSize(2),
                        Arbitraries.maps(text, position).ofMaxSize(3),
                        counts,
                        freshness.optional(),
                        time)
                .as((n, lineage, shards, dead, positions, reasons, fresh, at) -> new Commit(
                        n,
                        n / 5,
                        lineage,
                        ~n,
                        shards,
                        dead,
                        dead,
                        dead.stream()
                                .map(file -> new RecordFile(file.path(), n, file.bytes(), file.sha256()))
                                .toList(),
                        List.of(new MixtureShare(lineage, n / 3.0, n, ~n)),
                        positions,
                        new Funnel(n, ~n, reasons, reasons, reasons, n / 2, reasons),
                        fresh,
                        Optional.empty(),
                        n % 2 == 0,
                        at));
        Arbitrary<LogEntry> fences = Combinators.combine(number, text, time, history(number))
                .as((n, lineage, at, before) -> new Fence(n, n / 5, lineage, ~n, family(n, lineage), at, before));
        return Arbitraries.oneOf(
                commits, fences, takedowns(number, text, time), rewrites(number, shard, letters, time));
    }

    private static Arbitrary<LogEntry> takedowns(
            Arbitrary<Long> number, Arbitrary<String> text, Arbitrary<Instant> time) {
        Arbitrary<Selector> selector = Arbitraries.oneOf(
                Combinators.combine(text, text.optional()).as(Selector.Id::new),
                text.map(Selector.UrlPrefix::new),
                text.map(Selector.Source::new),
                number.map(n -> new Selector.Content(new ContentHash(n, ~n))));
        return Combinators.combine(number, selector.list().ofMinSize(1).ofMaxSize(3), text, time, history(number))
                .as((n, selectors, reason, at, before) -> new Takedown(n, ~n, reason, selectors, reason, at, before));
    }

    private static Arbitrary<LogEntry> rewrites(
            Arbitrary<Long> number, Arbitrary<ShardFile> shard, Arbitrary<RecordFile> file, Arbitrary<Instant> time) {
        return Combinators.combine(
                        number, shard.list().ofMaxSize(2), file.list().ofMaxSize(2), time, history(number))
                .as((n, shards, files, at, before) ->
                        new Rewrite(n, ~n, "lineage", n / 2, byPath(shards), filesByPath(files), at, before));
    }

    private static Map<String, ShardFile> byPath(List<ShardFile> shards) {
        return shards.stream().collect(Collectors.toMap(ShardFile::path, shard -> shard, (one, other) -> one));
    }

    private static Map<String, RecordFile> filesByPath(List<RecordFile> files) {
        return files.stream().collect(Collectors.toMap(RecordFile::path, file -> file, (one, other) -> one));
    }

    private static Optional<Family> family(long n, String text) {
        SortedMap<String, String> rules = new TreeMap<>(Map.of("filters." + text, "00ff"));
        return n % 3 == 0 ? Optional.empty() : Optional.of(new Family(text, "ff00", n % 2 == 0, n % 5 == 0, rules));
    }

    private static Arbitrary<History> history(Arbitrary<Long> number) {
        return number.map(n -> n % 2 == 0
                ? History.NONE
                : new History(OptionalLong.of(n), n % 3 == 0 ? OptionalLong.empty() : OptionalLong.of(~n)));
    }

    /** Text without lone surrogates, which UTF-8 has no form for. */
    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
