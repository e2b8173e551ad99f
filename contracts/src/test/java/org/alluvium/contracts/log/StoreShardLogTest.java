package org.alluvium.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.merkle.MerkleHash;
import org.alluvium.contracts.merkle.MerkleTree;
import org.alluvium.contracts.store.LocalObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreShardLogTest {

    private static final int WRITERS = 6;
    private static final int ENTRIES_EACH = 20;

    @TempDir
    Path root;

    @Test
    void anEmptyLogHasNoLastEntry() {
        assertThat(log().lastSequence()).isEmpty();
        assertThat(log().readFrom(0)).isEmpty();
        assertThat(log().find(0)).isEmpty();
    }

    @Test
    void entriesAreReadBackInOrder() {
        ShardLog log = log();
        List<LogEntry> entries = append(log, 12);

        assertThat(log.lastSequence()).hasValue(11);
        assertThat(log.readFrom(0)).isEqualTo(entries);
        assertThat(log.readFrom(10)).isEqualTo(entries.subList(10, 12));
        assertThat(log.readFrom(12)).isEmpty();
        assertThat(log.read(3)).isEqualTo(entries.get(3));
        assertThat(file(3)).exists();
    }

    @Test
    void aLongLogIsReadAheadAndInOrderUpToWhatIsMissing() throws IOException {
        ShardLog log = log();
        List<LogEntry> entries = append(log, 200);
        assertThat(log.readFrom(0)).isEqualTo(entries);
        Files.delete(file(150));
        List<LogEntry> read = new ArrayList<>();

        assertThatThrownBy(() -> log.forEachFrom(20, read::add))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("00000000000000000150");
        assertThat(read).isEqualTo(entries.subList(20, 150));
    }

    @Test
    void everyEntryHasTheTreeOfThoseBeforeIt() {
        StoreShardLog log = StoreShardLog.of(new CorpusLayout(root));
        append(log, 12);
        MerkleTree tree = MerkleTree.EMPTY;
        for (int i = 0; i < 12; i++) {
            assertThat(log.tree(i)).isEqualTo(tree);
            assertThat(log.stored(i).before()).isEqualTo(Optional.of(tree).filter(before -> before.size() > 0));
            tree = tree.plus(log.stored(i).leaf());
        }
        assertThat(log.tree(12)).isEqualTo(tree);
    }

    @Test
    void aLeafIsWhatTheFileHasForTheEntry() throws IOException {
        StoreShardLog log = StoreShardLog.of(new CorpusLayout(root));
        append(log, 2);
        String file = Files.readString(file(1));
        assertThat(file).endsWith("\"entry\":" + log.stored(1).json() + "}\n");
        assertThat(log.stored(1).leaf()).isEqualTo(MerkleHash.leaf(log.stored(1).json()));
    }

    @Test
    void aLogOfAReleaseWithoutRootsGetsThem() throws IOException {
        StoreShardLog log = StoreShardLog.of(new CorpusLayout(root));
        append(log, 3);
        for (int i = 0; i < 3; i++) {
            Files.write(file(i), LogCodec.encode(log.read(i)));
        }
        MerkleTree tree = MerkleTree.EMPTY;
        for (int i = 0; i < 3; i++) {
            assertThat(log.stored(i).before()).isEmpty();
            tree = tree.plus(log.stored(i).leaf());
        }
        log.tryAppend(LogEntries.fence(3, 5));
        assertThat(log.stored(3).before()).hasValue(tree);
        assertThat(log.tree(4)).isEqualTo(tree.plus(log.stored(3).leaf()));
    }

    @Test
    void aTakenSequenceIsRefusedAndKeepsItsEntry() {
        ShardLog log = log();

        assertThat(log.tryAppend(LogEntries.fence(0, 1))).isTrue();
        assertThat(log.tryAppend(LogEntries.commit(0, 1, 5))).isFalse();
        assertThat(log.read(0)).isEqualTo(LogEntries.fence(0, 1));
    }

    @Test
    void ofConcurrentWritersExactlyOneWinsEachSequenceAndNoneIsLeftOut() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Callable<List<Long>>> writers = new ArrayList<>();
        for (int epoch = 1; epoch <= WRITERS; epoch++) {
            long writerEpoch = epoch;
            writers.add(() -> appendAfterTheLast(log(), writerEpoch));
        }
        List<Long> won = new ArrayList<>();
        for (Future<List<Long>> future : threads.invokeAll(writers)) {
            won.addAll(future.get());
        }
        threads.shutdown();

        assertThat(won).doesNotHaveDuplicates().hasSize(WRITERS * ENTRIES_EACH);
        assertThat(log().readFrom(0)).hasSize(WRITERS * ENTRIES_EACH);
    }

    private static List<Long> appendAfterTheLast(ShardLog log, long epoch) {
        List<Long> won = new ArrayList<>();
        while (won.size() < ENTRIES_EACH) {
            long next = log.lastSequence().orElse(-1) + 1;
            if (log.tryAppend(LogEntries.fence(next, epoch))) {
                won.add(next);
            }
        }
        return won;
    }

    @Test
    void aZombieLosesAgainstTheFenceThatItHasNotSeen() {
        ShardLog log = log();
        log.tryAppend(LogEntries.fence(0, 1));
        long zombiesNext = log.lastSequence().orElseThrow() + 1;
        log.tryAppend(LogEntries.fence(1, 2));

        assertThat(log.tryAppend(LogEntries.commit(zombiesNext, 1, 5))).isFalse();
        assertThat(log.read(zombiesNext).writerEpoch()).isEqualTo(2);
    }

    @Test
    void aGapIsRefused() throws IOException {
        ShardLog log = log();
        append(log, 4);
        Files.delete(file(2));

        assertThatThrownBy(() -> log.readFrom(0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("log/00000000000000000002.json: the log entry is missing");
        assertThatThrownBy(() -> log.readFrom(2)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> log.read(2)).isInstanceOf(DataException.class);
        assertThat(log.readFrom(3)).hasSize(1);
    }

    @Test
    void theLastEntryIsFoundBehindAGap() throws IOException {
        ShardLog log = log();
        append(log, 40);
        for (long lost : new long[] {0, 15, 38}) {
            Files.delete(file(lost));
            assertThat(log.lastSequence()).as("without %d", lost).hasValue(39);
        }
    }

    @Test
    void theEndOfALogIsFoundWithoutReadingOrListingAllOfIt() {
        CountingStore store = new CountingStore(new LocalObjectStore(root));
        ShardLog log = new StoreShardLog(store, "log/");
        append(log, 300);
        store.forget();

        assertThat(log.lastSequence()).hasValue(299);
        assertThat(store.reads()).isLessThanOrEqualTo(2 * 9 + 1);
        assertThat(store.listed()).isEqualTo(1);
        assertThat(log.lastSequenceFrom(300)).isEmpty();
        assertThat(store.listed()).isEqualTo(1);
    }

    @Test
    void aDamagedEntryIsNamed() throws IOException {
        ShardLog log = log();
        append(log, 3);
        byte[] bytes = Files.readAllBytes(file(1));
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(1), bytes);

        assertThatThrownBy(() -> log.readFrom(0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("log/00000000000000000001.json");
        assertThat(log.read(2)).isEqualTo(LogEntries.commit(2, 1, 2));
    }

    @Test
    void anEntryUnderAnotherNameIsRefused() throws IOException {
        append(log(), 2);
        Files.move(file(1), file(5));

        assertThatThrownBy(() -> log().read(5)).hasMessageContaining("says it is number 1, its name says 5");
    }

    @Test
    void whatIsNotAnEntryIsLeftAlone() throws IOException {
        append(log(), 2);
        Files.writeString(root.resolve("log/.tmp-3f"), "{\"version\":1,");
        Files.writeString(root.resolve("log/notes.txt"), "mine");
        Files.writeString(root.resolve("log/7.json"), "{}");

        assertThat(log().lastSequence()).hasValue(1);
        assertThat(log().readFrom(0)).hasSize(2);
    }

    @Test
    void aCorpusThatIsGoneIsAStorageErrorThatNamesIt() {
        ShardLog log = StoreShardLog.of(new CorpusLayout(root.resolve("gone")));

        assertThatThrownBy(log::lastSequence)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(root.resolve("gone").toString());
        assertThatThrownBy(() -> log.tryAppend(LogEntries.fence(0, 1))).isInstanceOf(StorageException.class);
    }

    private ShardLog log() {
        return StoreShardLog.of(new CorpusLayout(root));
    }

    private static List<LogEntry> append(ShardLog log, int entries) {
        List<LogEntry> appended = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            appended.add(LogEntries.commit(i, 1, i));
            assertThat(log.tryAppend(appended.get(i))).isTrue();
        }
        return appended;
    }

    private Path file(long sequence) {
        return root.resolve(String.format("log/%020d.json", sequence));
    }
}
