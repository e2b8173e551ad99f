package org.alluvium.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.History;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.shard.ShardFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanJanitorTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration GRACE = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final MemoryLog log = new MemoryLog();
    private CorpusLayout corpus;

    @BeforeEach
    void createCorpus() {
        corpus = new CorpusLayout(folder).create();
    }

    @Test
    void onlyOldFilesThatNobodyNamesAreDeleted() throws IOException {
        file("shards/named.parquet", GRACE.multipliedBy(2));
        file("shards/pending.parquet", GRACE.multipliedBy(2));
        file("shards/young.parquet", GRACE.dividedBy(2));
        file("shards/orphan.parquet", GRACE.multipliedBy(2));
        file("dead-letters/named.jsonl.gz", GRACE.multipliedBy(2));
        file("dead-letters/orphan.jsonl.gz", GRACE.multipliedBy(2));
        log.tryAppend(commit(0, "shards/named.parquet", "dead-letters/named.jsonl.gz"));

        OrphanJanitor janitor = janitor(InstantSource.fixed(NOW), Set.of("shards/pending.parquet"));
        assertThat(janitor.clean()).as("nothing at the first look").isEmpty();
        List<String> deleted = janitor.clean();

        assertThat(deleted).containsExactly("dead-letters/orphan.jsonl.gz", "shards/orphan.parquet");
        assertThat(corpus.shards()).isDirectoryNotContaining("glob:**orphan*");
        assertThat(corpus.shards().resolve("named.parquet")).exists();
        assertThat(corpus.shards().resolve("pending.parquet")).exists();
        assertThat(corpus.shards().resolve("young.parquet")).exists();
    }

    @Test
    void whatThisAttemptHasBegunIsNeverAnOrphanHoweverOldItGrows() throws IOException {
        Instant[] now = {NOW};
        OrphanJanitor janitor = janitor(() -> now[0], Set.of());
        file("shards/slow.parquet", Duration.ofSeconds(-1));

        now[0] = NOW.plus(GRACE.multipliedBy(10));

        assertThat(janitor.clean()).isEmpty();
        assertThat(janitor.clean()).isEmpty();
    }

    @Test
    void aClockThatIsAheadMakesNothingAnOrphanThatIsBeingWritten() throws IOException {
        OrphanJanitor janitor = janitor(InstantSource.fixed(NOW.plus(GRACE.multipliedBy(50))), Set.of());
        file("shards/left.parquet", GRACE.multipliedBy(2));
        assertThat(janitor.clean()).isEmpty();

        file("shards/in-hand.parquet", Duration.ZERO);

        assertThat(janitor.clean()).containsExactly("shards/left.parquet");
        assertThat(corpus.shards().resolve("in-hand.parquet")).exists();
    }

    @Test
    void anEntryIsReadOnceHoweverOftenTheJanitorLooks() throws IOException {
        file("shards/named.parquet", GRACE.multipliedBy(2));
        file("shards/later.parquet", GRACE.dividedBy(2));
        log.tryAppend(commit(0, "shards/named.parquet", "dead-letters/named.jsonl.gz"));
        Instant[] now = {NOW};
        OrphanJanitor janitor = janitor(() -> now[0], Set.of());
        janitor.clean();
        janitor.clean();
        assertThat(log.read()).isEqualTo(1);

        log.tryAppend(commit(1, "shards/later.parquet", "dead-letters/later.jsonl.gz"));
        now[0] = NOW.plus(GRACE);

        assertThat(janitor.clean()).isEmpty();
        assertThat(log.read()).isEqualTo(2);
    }

    @Test
    void whatASweepHasWrittenStaysUntilItsTakedownIsCarriedOut() throws IOException {
        file("shards/a-000001~1f.parquet", GRACE.multipliedBy(2));
        file("shards/a-000001~2e.parquet", GRACE.multipliedBy(2));
        log.tryAppend(takedown(0));
        OrphanJanitor janitor = janitor(InstantSource.fixed(NOW), Set.of());
        janitor.clean();
        assertThat(janitor.clean()).as("while a sweep may be at work").isEmpty();

        ShardFile swept = new ShardFile("shards/a-000001~1f.parquet", 1, 1, 1, "0".repeat(64), Map.of(), 0, 0);
        log.tryAppend(new LogEntry.Rewrite(
                1,
                0,
                "A",
                0,
                Map.of("shards/a-000001.parquet", swept),
                Map.of(),
                Instant.EPOCH,
                History.after(log.read(0))));

        assertThat(janitor.clean()).as("seen once").isEmpty();
        assertThat(janitor.clean()).containsExactly("shards/a-000001~2e.parquet");
    }

    @Test
    void anAttemptThatWasReplacedDeletesNothing() throws IOException {
        file("shards/orphan.parquet", GRACE.multipliedBy(2));
        OrphanJanitor janitor = janitor(InstantSource.fixed(NOW), Set.of());
        janitor.clean();

        log.tryAppend(new LogEntry.Fence(0, 1, "A", 1, Instant.EPOCH));

        assertThat(janitor.clean()).isEmpty();
        assertThat(janitor.clean()).isEmpty();
    }

    private static LogEntry.Takedown takedown(long sequence) {
        return new LogEntry.Takedown(
                sequence,
                0,
                "A",
                List.of(new Selector.Id("d", Optional.empty())),
                "asked",
                Instant.EPOCH,
                History.NONE);
    }

    private OrphanJanitor janitor(InstantSource clock, Set<String> pending) {
        return new OrphanJanitor(corpus.store(), log, GRACE, 0, () -> pending, clock);
    }

    private void file(String path, Duration age) throws IOException {
        Path file = Files.writeString(corpus.resolve(path), "x");
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }

    private static LogEntry.Commit commit(long sequence, String shard, String letters) {
        return new LogEntry.Commit(
                sequence,
                0,
                "A",
                1,
                List.of(new ShardFile(shard, 1, 1, 1, "0".repeat(64), Map.of(), 0, 0)),
                List.of(new LogEntry.RecordFile(letters, 1, 1, "0".repeat(64))),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Funnel.EMPTY,
                Optional.empty(),
                Optional.empty(),
                false,
                NOW);
    }
}
