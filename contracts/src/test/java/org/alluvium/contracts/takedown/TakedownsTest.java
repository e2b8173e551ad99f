package org.alluvium.contracts.takedown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.History;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogEntry.Fence;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.LogEntry.Rewrite;
import org.alluvium.contracts.log.LogEntry.Takedown;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.store.LocalObjectStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakedownsTest {

    private static final ContentHash HASH = new ContentHash(3, 4);

    @TempDir
    Path folder;

    private StoreShardLog log;
    private History history = History.NONE;
    private long next;

    @BeforeEach
    void begin() {
        log = new StoreShardLog(new LocalObjectStore(folder), "log/");
    }

    @Test
    void aLogWithoutTakedownsHasNone() {
        TakedownWatch watch = new TakedownWatch(log);
        assertThat(watch.look().all()).isEmpty();
        fences(3);
        assertThat(watch.look().out().isNothing()).isTrue();
        assertThat(watch.look().newestTakedown()).isEqualTo(-1);
    }

    @Test
    void allAreFoundFromTheEndByTheirLinks() {
        fences(2);
        takedown("a");
        fences(3);
        takedown("b");
        rewrite(2, Map.of(), Map.of());
        fences(1);

        Takedowns found = new TakedownWatch(log).look();
        assertThat(found.all()).extracting(Takedown::sequence).containsExactly(2L, 6L);
        assertThat(found.rewrites()).extracting(Rewrite::sequence).containsExactly(7L);
        assertThat(found.newestTakedown()).isEqualTo(6);
        assertThat(found.notCarriedOut()).extracting(Takedown::sequence).containsExactly(6L);
        assertThat(has(found, "a")).isTrue();
        assertThat(has(found, "b")).isTrue();
        assertThat(has(found, "c")).isFalse();
    }

    @Test
    void whoKeepsLookingFindsWhatOneFindsWhoLooksOnce() {
        TakedownWatch watch = new TakedownWatch(log);
        for (String id : List.of("a", "b", "c")) {
            fences(2);
            takedown(id);
            assertThat(has(watch.look(), id)).isTrue();
            assertThat(watch.look().all())
                    .isEqualTo(new TakedownWatch(log).look().all());
        }
    }

    @Test
    void aFileThatWasReplacedTwiceIsTheLastOne() {
        ShardFile first = shard("shards/1.parquet");
        ShardFile second = shard("shards/2.parquet");
        ShardFile third = shard("shards/3.parquet");
        RecordFile letters = new RecordFile("dead-letters/1.avro", 1, 1, "a");
        RecordFile fewer = new RecordFile("dead-letters/2.avro", 0, 1, "b");
        takedown("a");
        rewrite(0, Map.of(first.path(), second), Map.of(letters.path(), fewer));
        takedown("b");
        rewrite(2, Map.of(second.path(), third), Map.of());

        Takedowns found = new TakedownWatch(log).look();
        assertThat(found.current(first)).isEqualTo(third);
        assertThat(found.current(second)).isEqualTo(third);
        assertThat(found.current(third)).isEqualTo(third);
        assertThat(found.current(letters)).isEqualTo(fewer);
        assertThat(found.notCarriedOut()).isEmpty();
    }

    private static boolean has(Takedowns takedowns, String id) {
        return takedowns.out().has(id, "source", Optional.empty(), HASH);
    }

    @Test
    void aShardThatIsReplacedBeforeItIsOpenIsOpenedAsWhatItHasBecome() {
        ShardFile old = shard("shards/1.parquet");
        ShardFile now = shard("shards/2.parquet");
        CorpusFiles files = new CorpusFiles(new CorpusLayout(folder));
        fences(1);
        String opened = files.open(old, current -> {
            if (current.equals(old)) {
                takedown("a");
                rewrite(1, Map.of(old.path(), now), Map.of());
                throw new UnavailableException("there is no such shard", old.path(), "");
            }
            return current.path();
        });
        assertThat(opened).isEqualTo(now.path());
    }

    @Test
    void aShardThatIsGoneAndNotReplacedIsAnError() {
        CorpusFiles files = new CorpusFiles(new CorpusLayout(folder));
        fences(1);
        assertThatThrownBy(() -> files.open(shard("shards/1.parquet"), current -> {
                    throw new UnavailableException("there is no such shard", current.path(), "");
                }))
                .isInstanceOf(UnavailableException.class);
    }

    private static ShardFile shard(String path) {
        return new ShardFile(path, 1, 2, 3, "00", Map.of(), 0, 0);
    }

    private void fences(int count) {
        for (int i = 0; i < count; i++) {
            append(new Fence(next, 0, "lineage", -1, Instant.EPOCH, history));
        }
    }

    private void takedown(String id) {
        Selector selector = new Selector.Id(id, Optional.empty());
        append(new Takedown(next, 0, "lineage", List.of(selector), "asked", Instant.EPOCH, history));
    }

    private void rewrite(long through, Map<String, ShardFile> shards, Map<String, RecordFile> records) {
        append(new Rewrite(next, 0, "lineage", through, shards, records, Instant.EPOCH, history));
    }

    private void append(LogEntry entry) {
        assertThat(log.tryAppend(entry)).isTrue();
        history = History.after(entry);
        next++;
    }
}
