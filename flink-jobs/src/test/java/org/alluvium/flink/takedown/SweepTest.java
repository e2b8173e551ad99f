package org.alluvium.flink.takedown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.ingest.deadletter.DeadLetterOutput;
import org.alluvium.ingest.deadletter.DeadLetters;
import org.alluvium.ingest.deadletter.LetterId;
import org.alluvium.ingest.deadletter.ReplayFolder;
import org.alluvium.ingest.deadletter.StoredLetter;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.ingest.reject.RejectInput;
import org.alluvium.ingest.reject.RejectOutput;
import org.alluvium.ingest.stored.ChangeOutput;
import org.alluvium.tokenizer.shard.ShardReader;
import org.alluvium.tokenizer.shard.ShardWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
    private static final ShardMetadata METADATA =
            new ShardMetadata(ShardMetadata.SCHEMA_VERSION, "a".repeat(64), "b".repeat(64), "test", false, true);
    private static final Selector BAD = new Selector.UrlPrefix("bad.example/");
    private static final int ENTRIES = 4;
    private static final int ROWS = 6;

    @TempDir
    Path folder;

    private CorpusLayout corpus;
    private StoreShardLog log;
    private int names;

    @BeforeEach
    void fill() throws IOException {
        corpus = new CorpusLayout(folder.resolve("corpus")).create();
        log = StoreShardLog.of(corpus);
        for (int entry = 0; entry < ENTRIES; entry++) {
            append(entry);
        }
    }

    @Test
    void rowsBecomeHolesAndEverythingElseStaysWhereItWas() {
        List<List<ShardRow>> before = rows();
        Heard heard = sweep(BAD);

        List<List<ShardRow>> after = rows();
        for (int entry = 0; entry < ENTRIES; entry++) {
            for (int row = 0; row < ROWS; row++) {
                ShardRow old = before.get(entry).get(row);
                ShardRow now = after.get(entry).get(row);
                ShardRow expected = isBad(entry, row) ? old.hole() : old;
                assertThat(now.equalTo(expected))
                        .as("row %s of entry %s", row, entry)
                        .isTrue();
            }
        }
        assertThat(heard.found)
                .extracting(TakenRow::id)
                .containsExactlyElementsOf(
                        ids().filter(id -> id.startsWith("bad")).toList());
        assertThat(heard.found.get(1))
                .isEqualTo(TakenRow.of(2, 0, 2, before.get(2).get(2)));
    }

    @Test
    void nothingOfTheDocumentIsLeftInAnyFile() throws IOException {
        assertThat(filesMentioning("bad.example")).isNotEmpty();
        sweep(BAD);
        assertThat(filesMentioning("bad.example")).allMatch(file -> file.startsWith("log/"));
        assertThat(filesMentioning("bad-2")).isEmpty();
    }

    @Test
    void deadLettersKeepTheirNumbersAndFedBackOnesTheirPlaces() {
        List<StoredLetter> before = letters();
        ReplayFolder.of(corpus).add(before);
        Heard heard = sweep(BAD);

        List<StoredLetter> after = letters();
        assertThat(after)
                .extracting(StoredLetter::id)
                .isEqualTo(before.stream().map(StoredLetter::id).toList());
        assertThat(new String(after.get(0).letter().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{broken 0");
        assertThat(after.get(1).letter().bytes()).isEmpty();
        assertThat(after.get(1).obstacle()).isPresent();
        assertThat(heard.counts.replayed()).isEqualTo(before.size() / 2);
        assertThat(ReplayFolder.of(corpus).contains(new LetterId(0, 2))).isTrue();
        assertThat(ReplayFolder.of(corpus).blank(letter -> Barred.by(out(), letter)))
                .isZero();
    }

    @Test
    void rejectsAndChangesOfTheDocumentGo() {
        sweep(new Selector.Id("bad-2", Optional.empty()));
        Commit commit = (Commit) log.read(2);
        List<String> rejected = new ArrayList<>();
        RecordFile rejects = files().current(commit.rejects().get(0));
        RejectInput.read(
                files().file(commit.rejects().get(0)),
                rejects.records(),
                reject -> rejected.add(reject.document().id()));
        assertThat(rejected).containsExactly("good-reject");
        assertThat(files().current(commit.changes().get(0)).records()).isEqualTo(1);
        assertThat(files().current(((Commit) log.read(1)).changes().get(0)).records())
                .isEqualTo(2);
    }

    @Test
    void whatWasCarriedOutIsNotDoneAgain() {
        sweep(BAD);
        long entries = log.lastSequence().orElseThrow();
        assertThat(new Sweep(corpus, cleaner(corpus.store()), CLOCK).carryOut(new Heard()))
                .isEmpty();
        assertThat(log.lastSequence()).hasValue(entries);
    }

    @Test
    void aSecondTakedownOfARewrittenShardTakesFromWhatItHasBecome() {
        sweep(BAD);
        Heard heard = sweep(new Selector.Id("good-2-1", Optional.empty()));

        assertThat(heard.found).extracting(TakenRow::id).containsExactly("good-2-1");
        assertThat(rows().get(2)).filteredOn(ShardRow::isHole).hasSize(2);
        assertThat(corpus.shards().toFile().list()).hasSize(ENTRIES);
    }

    @Test
    void killedAtAnyMomentItIsFinishedByTheNextOne() throws IOException {
        for (int operations = 0; ; operations++) {
            CorpusLayout killed = copy("killed-" + operations);
            FailingStore store = new FailingStore(killed.store(), operations);
            Sweep first = new Sweep(killed, cleaner(killed, store), CLOCK);
            first.order(List.of(BAD), "asked");
            boolean failed = false;
            try {
                first.carryOut(new Heard());
            } catch (RuntimeException e) {
                failed = true;
            }
            new Sweep(killed, cleaner(killed, killed.store()), CLOCK).carryOut(new Heard());

            corpus = killed;
            log = StoreShardLog.of(killed);
            assertThat(rows().stream().flatMap(List::stream).filter(ShardRow::isHole))
                    .as("after %s operations", operations)
                    .hasSize(2);
            assertThat(filesMentioning("bad-2")).isEmpty();
            if (!failed) {
                assertThat(operations).isGreaterThan(5);
                return;
            }
            corpus = new CorpusLayout(folder.resolve("corpus"));
        }
    }

    @Test
    void ofTwoAtATimeOneFindsTheOthersWorkAndLeavesNoFiles() {
        Sweep one = new Sweep(corpus, cleaner(corpus.store()), CLOCK);
        Sweep other = new Sweep(corpus, cleaner(corpus.store()), CLOCK);
        one.order(List.of(BAD), "asked");
        Heard slow = new Heard() {
            @Override
            public void beforeReplacing(Sweep.Counts found) {
                if (againCount == 0) {
                    assertThat(other.carryOut(new Heard())).isPresent();
                }
                super.beforeReplacing(found);
            }
        };

        assertThat(one.carryOut(slow)).isEmpty();
        assertThat(slow.againCount).isEqualTo(1);
        assertThat(corpus.shards().toFile().list()).hasSize(ENTRIES);
        assertThat(rows().stream().flatMap(List::stream).filter(ShardRow::isHole))
                .hasSize(2);
    }

    @Test
    void whatTheFirstOfTwoDidNotDestroyBeforeItWasKilledTheSecondDestroys() throws IOException {
        Sweep one = new Sweep(corpus, cleaner(corpus.store()), CLOCK);
        one.order(List.of(BAD), "asked");
        Heard slow = new Heard() {
            @Override
            public void beforeReplacing(Sweep.Counts found) {
                if (againCount == 0) {
                    new Sweep(corpus, cleaner(corpus.store()), CLOCK).carryOut(new Heard());
                    LogEntry.Rewrite rewrite =
                            (LogEntry.Rewrite) log.read(log.lastSequence().orElseThrow());
                    rewrite.shards().keySet().forEach(SweepTest.this::putBack); // as if it had not come to destroy them
                }
                super.beforeReplacing(found);
            }
        };

        one.carryOut(slow);

        assertThat(corpus.shards().toFile().list()).hasSize(ENTRIES);
        assertThat(filesMentioning("bad.example")).allMatch(file -> file.startsWith("log/"));
    }

    private void putBack(String path) {
        try {
            Files.writeString(corpus.resolve(path), "bad.example");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileThatIsToBePublishedAndNotThereIsNamed() {
        Cleaner cleaner = cleaner(corpus.store());
        cleaner.requireThere(List.of(((Commit) log.read(2)).shards().get(0).path()));

        assertThatThrownBy(() -> cleaner.requireThere(List.of("shards/gone.parquet")))
                .hasMessageContaining("shards/gone.parquet")
                .hasMessageContaining("newer checkpoint");
    }

    @Test
    void aDamagedShardStopsItBeforeAnythingIsReplaced() throws IOException {
        Path shard = files().file(((Commit) log.read(2)).shards().get(0));
        byte[] bytes = Files.readAllBytes(shard);
        bytes[bytes.length / 2] ^= 1;
        Files.write(shard, bytes);

        assertThatThrownBy(() -> sweep(BAD)).hasMessageContaining("SHA-256");
        assertThat(log.readFrom(0)).noneMatch(LogEntry.Rewrite.class::isInstance);
    }

    private Heard sweep(Selector selector) {
        Sweep sweep = new Sweep(corpus, cleaner(corpus.store()), CLOCK);
        sweep.order(List.of(selector), "asked");
        Heard heard = new Heard();
        assertThat(sweep.carryOut(heard)).hasValue(heard.counts);
        return heard;
    }

    private Cleaner cleaner(ObjectStore store) {
        return cleaner(corpus, store);
    }

    private Cleaner cleaner(CorpusLayout layout, ObjectStore store) {
        return new Cleaner(layout::file, store, folder.resolve("scratch"), () -> "n" + names++);
    }

    private CorpusFiles files() {
        return new CorpusFiles(corpus);
    }

    private org.alluvium.contracts.takedown.TakenOut out() {
        return files().takedowns().out();
    }

    private static class Heard implements Sweep.Listener {
        final List<TakenRow> found = new ArrayList<>();
        Sweep.Counts counts;
        int againCount;

        @Override
        public void at(long done, long all) {
            assertThat(done).isLessThanOrEqualTo(all);
        }

        @Override
        public void found(TakenRow row) {
            found.add(row);
        }

        @Override
        public void again() {
            found.clear();
            againCount++;
        }

        @Override
        public void beforeReplacing(Sweep.Counts all) {
            counts = all;
        }
    }

    /** Row 2 of the entries 0 and 2. */
    private static boolean isBad(int entry, int row) {
        return entry % 2 == 0 && row == 2;
    }

    private static Stream<String> ids() {
        return Stream.iterate(0, entry -> entry < ENTRIES, entry -> entry + 1)
                .flatMap(entry ->
                        Stream.iterate(0, row -> row < ROWS, row -> row + 1).map(row -> id(entry, row)));
    }

    private static String id(int entry, int row) {
        return isBad(entry, row) ? "bad-" + entry : "good-" + entry + "-" + row;
    }

    private void append(int entry) throws IOException {
        Path path = corpus.shards().resolve("s" + entry + ".parquet");
        ShardFile shard;
        try (ShardWriter writer = ShardWriter.open(path, METADATA)) {
            for (int row = 0; row < ROWS; row++) {
                writer.write(row(entry, row));
            }
            shard = writer.finish("shards/" + path.getFileName());
        }
        List<DeadLetter> letters = List.of(letter("{broken " + entry), letter("{https://bad.example/x " + entry));
        RecordFile dead = file("dead-letters/d" + entry + ".avro", 2, out -> {
            try (DeadLetterOutput output = new DeadLetterOutput(out, "d" + entry)) {
                for (DeadLetter letter : letters) {
                    output.write(letter);
                }
            }
        });
        RecordFile rejects = file("rejects/r" + entry + ".avro", 2, out -> {
            try (RejectOutput output = new RejectOutput(out, "r" + entry)) {
                output.write(reject("good-reject", "https://good.example/"));
                output.write(reject("bad-" + entry, "https://bad.example/" + entry));
            }
        });
        RecordFile changes = file("changes/c" + entry + ".jsonl.gz", 2, out -> {
            try (ChangeOutput output = new ChangeOutput(out)) {
                output.write(change("good"));
                output.write(change("bad-" + entry));
            }
        });
        assertThat(log.tryAppend(new Commit(
                        entry,
                        0,
                        "lineage",
                        entry,
                        List.of(shard),
                        List.of(dead),
                        List.of(rejects),
                        List.of(changes),
                        List.of(),
                        Map.of(),
                        Funnel.EMPTY,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        CLOCK.instant())))
                .isTrue();
    }

    private static ShardRow row(int entry, int row) {
        String host = isBad(entry, row) ? "bad" : "good";
        return new ShardRow(
                id(entry, row),
                "source",
                "file#" + row,
                Optional.of("https://" + host + ".example/" + entry),
                1000L * entry + row,
                OptionalLong.of(7),
                Optional.of("en"),
                0.5f,
                new ContentHash(entry * 7919L, row),
                1 + row % 2,
                new int[] {entry, row, 3},
                12);
    }

    private static DeadLetter letter(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new DeadLetter(
                "source",
                "file#9",
                5,
                Optional.empty(),
                1,
                DeadLetterReason.NOT_JSON,
                "no object",
                bytes,
                bytes.length);
    }

    private static Reject reject(String id, String url) {
        Document document =
                new Document(id, "source", "file#3", Optional.of(url), "text of " + id, 4, Optional.empty(), Map.of());
        return new Reject(new ContentHash(1, 2), document, 4, "length", "too_short", "", List.of());
    }

    private static DocumentChange change(String id) {
        return new DocumentChange(
                "source", id, DocumentChange.Kind.DELETED, Optional.of(new ContentHash(5, 6)), "file#4", 6);
    }

    private interface Content {
        void writeTo(java.io.OutputStream out) throws IOException;
    }

    private RecordFile file(String path, long records, Content content) throws IOException {
        Path file = corpus.resolve(path);
        content.writeTo(Files.newOutputStream(file));
        return new RecordFile(path, records, Files.size(file), Sha256.of(file));
    }

    private List<List<ShardRow>> rows() {
        List<List<ShardRow>> all = new ArrayList<>();
        for (int entry = 0; entry < ENTRIES; entry++) {
            List<ShardRow> rows = new ArrayList<>();
            try (ShardReader reader = ShardReader.open(
                    files().file(((Commit) log.read(entry)).shards().get(0)))) {
                reader.forEachRemaining(rows::add);
            }
            all.add(rows);
        }
        return all;
    }

    private List<StoredLetter> letters() {
        List<StoredLetter> letters = new ArrayList<>();
        new DeadLetters(corpus, log).forEach(letters::add);
        return letters;
    }

    /** Files whose bytes, unpacked where they are packed, have a text in them; those of the log among them. */
    private List<String> filesMentioning(String text) throws IOException {
        try (Stream<Path> tree = Files.walk(corpus.root())) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> mentions(file, text))
                    .map(file -> corpus.root().relativize(file).toString())
                    .toList();
        }
    }

    private static boolean mentions(Path file, String text) {
        return contents(file).anyMatch(content -> content.contains(text));
    }

    private static Stream<String> contents(Path file) {
        String name = file.toString();
        Function<byte[], String> latin = bytes -> new String(bytes, StandardCharsets.ISO_8859_1);
        try {
            if (name.endsWith(".parquet")) {
                List<String> rows = new ArrayList<>();
                try (ShardReader reader = ShardReader.open(file)) {
                    reader.forEachRemaining(row -> rows.add(row.toString()));
                }
                return rows.stream();
            }
            if (name.contains("/rejects/")) {
                List<String> rows = new ArrayList<>();
                RejectInput.read(file, recordsIn(file), reject -> rows.add(reject.toString()));
                return rows.stream();
            }
            if (name.endsWith(".gz")) {
                return Stream.of(
                        latin.apply(new java.util.zip.GZIPInputStream(Files.newInputStream(file)).readAllBytes()));
            }
            return Stream.of(latin.apply(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long recordsIn(Path file) {
        return file.getFileName().toString().contains("~") ? 1 : 2;
    }

    private CorpusLayout copy(String name) throws IOException {
        Path from = folder.resolve("corpus");
        Path to = folder.resolve(name);
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        return new CorpusLayout(to);
    }
}
