package org.alluvium.dashboard.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.alluvium.contracts.store.ProcessLock;
import org.alluvium.dashboard.index.HashIndex.Saved;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashIndexTest {

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void name() {
        folder = root.resolve("index");
    }

    @Test
    void everyNumberOfAHashIsFoundHoweverOftenItIsSavedAndOpened() {
        SplittableRandom random = new SplittableRandom(7);
        Map<Long, List<Long>> expected = new HashMap<>();
        HashIndex index = new HashIndex(folder);
        for (long value = 0; value < 30_000; value++) {
            // few distinct ones, at both ends of the unsigned range too
            long hash = NameHash.of(random.nextLong(9_000)) | (random.nextInt(50) == 0 ? Long.MIN_VALUE : 0);
            index.add(hash, value);
            expected.computeIfAbsent(hash, each -> new ArrayList<>()).add(value);
            if (random.nextInt(1_500) == 0) {
                index.reach(new Mark(value, value + 1, -1, "it"));
                assertThat(index.save()).isEqualTo(Saved.YES);
                index = random.nextBoolean() ? new HashIndex(folder) : index;
            }
        }
        HashIndex last = index;
        expected.forEach((hash, values) -> assertThat(find(last, hash)).containsExactlyElementsOf(values));
        assertThat(find(last, NameHash.of("nobody"))).isEmpty();
        assertThat(last.records()).isEqualTo(30_000);
        assertThat(last.isWhole()).isTrue();
    }

    @Test
    void filesAreMergedSoThatTheirNumberIsThatOfBinaryDigits() throws IOException {
        HashIndex index = new HashIndex(folder);
        for (int i = 0; i < 100; i++) {
            index.add(NameHash.of(i), i);
            index.note(i, -i);
            index.reach(new Mark(i + 1, i + 1, -1, "it"));
            index.save();
        }
        assertThat(files()).hasSizeLessThanOrEqualTo(7);
        HashIndex again = new HashIndex(folder);
        assertThat(again.mark()).isEqualTo(new Mark(100, 100, -1, "it"));
        assertThat(again.notes()).hasSize(200).startsWith(0, 0, 1, -1, 2, -2).endsWith(99, -99);
    }

    @Test
    void aProcessThatDiesLeavesWhatWasSavedLast() throws IOException {
        HashIndex index = new HashIndex(folder);
        index.add(1, 10);
        index.reach(new Mark(1, 1, -1, "it"));
        index.save();
        Files.writeString(folder.resolve("2.idx"), "half of a file");
        Files.writeString(folder.resolve("index.json.new"), "{");

        HashIndex next = new HashIndex(folder);
        assertThat(find(next, 1)).containsExactly(10L);
        next.add(2, 20);
        next.reach(new Mark(2, 2, -1, "it"));
        assertThat(next.save()).isEqualTo(Saved.YES);
        HashIndex last = new HashIndex(folder);
        assertThat(find(last, 1)).containsExactly(10L);
        assertThat(find(last, 2)).containsExactly(20L);
        assertThat(files()).hasSize(1);
    }

    @Test
    void whoIsOvertakenForgetsWhatItHadAndReadsOnFromThere() {
        HashIndex one = new HashIndex(folder);
        HashIndex other = new HashIndex(folder);
        one.add(1, 10);
        one.reach(new Mark(1, 1, -1, "it"));
        other.add(1, 10);
        other.add(2, 20);
        other.reach(new Mark(2, 2, -1, "it"));
        assertThat(other.save()).isEqualTo(Saved.YES);
        assertThat(one.save()).isEqualTo(Saved.OVERTAKEN);
        assertThat(one.mark()).isEqualTo(other.mark());
        assertThat(find(one, 1)).containsExactly(10L);
        assertThat(find(one, 2)).containsExactly(20L);
    }

    @Test
    void whileAnotherProcessSavesAllStaysInMemory() {
        HashIndex index = new HashIndex(folder);
        index.add(1, 10);
        index.reach(new Mark(1, 1, -1, "it"));
        try (ProcessLock _ = ProcessLock.acquire(folder.resolve("lock"), "another")) {
            assertThat(index.save()).isEqualTo(Saved.BUSY);
        }
        assertThat(find(index, 1)).containsExactly(10L);
        assertThat(index.save()).isEqualTo(Saved.YES);
    }

    @Test
    void whatIsNotKeptIsInNoFileAnyMore() throws IOException {
        HashIndex index = new HashIndex(folder);
        for (int i = 0; i < 100; i++) {
            index.add(NameHash.of(i), i);
        }
        index.reach(new Mark(1, 100, -1, "it"));
        index.save();
        index.add(NameHash.of(7), 107);
        assertThat(index.save(value -> value != 7, 5)).isEqualTo(Saved.YES);
        assertThat(find(index, NameHash.of(7))).containsExactly(107L);
        assertThat(find(index, NameHash.of(8))).containsExactly(8L);
        assertThat(index.mark().through()).isEqualTo(5);
        assertThat(files()).hasSize(1);
        assertThat(new HashIndex(folder).records()).isEqualTo(100);
    }

    @Test
    void damageIsSeenAndWhatIsNotWholeIsTakenForNothing() throws IOException {
        HashIndex index = new HashIndex(folder);
        for (int i = 0; i < 100; i++) {
            index.add(NameHash.of(i), i);
        }
        index.reach(new Mark(1, 100, -1, "it"));
        index.save();
        Path file = files().getFirst();
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(200);
            int damaged = open.read() ^ 1;
            open.seek(200);
            open.write(damaged);
        }
        assertThat(new HashIndex(folder).isWhole()).isFalse();

        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            open.truncate(1_000);
        }
        HashIndex empty = new HashIndex(folder);
        assertThat(empty.mark()).isEqualTo(Mark.START);
        assertThat(empty.records()).isZero();
        empty.add(1, 10);
        empty.reach(new Mark(1, 1, -1, "it"));
        assertThat(empty.save()).isEqualTo(Saved.YES);
        assertThat(find(new HashIndex(folder), 1)).containsExactly(10L);
    }

    @Test
    void aManifestThatIsNoneIsTakenForNothing() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("index.json"), "[]");
        assertThat(new HashIndex(folder).mark()).isEqualTo(Mark.START);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".idx")).toList();
        }
    }

    private static List<Long> find(HashIndex index, long hash) {
        List<Long> found = new ArrayList<>();
        index.find(hash, found::add);
        return found.stream().sorted().toList();
    }
}
