package org.alluvium.ingest.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplaySourceTest {

    @TempDir
    Path folder;

    private CorpusLayout corpus;

    @BeforeEach
    void createTheCorpus() {
        corpus = new CorpusLayout(folder.resolve("corpus")).create();
    }

    private void feedBack(int files) {
        ReplayFolder replay = ReplayFolder.of(corpus);
        LongStream.rangeClosed(1, files)
                .forEach(entry -> replay.add(List.of(Letters.stored(entry, 1, Letters.of("x")))));
    }

    private void commit(long sequence, Map<String, SourcePosition> positions) {
        StoreShardLog.of(corpus)
                .tryAppend(new Commit(
                        sequence,
                        0,
                        "lineage",
                        sequence,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        positions,
                        Funnel.EMPTY,
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Letters.REFUSED_AT));
    }

    private static SourcePosition at(int file) {
        return new SourcePosition("%020d.jsonl.gz@170".formatted(file), 1, 1, 0);
    }

    private List<String> unread() {
        return ReplaySource.unreadFiles(corpus, StoreShardLog.of(corpus));
    }

    private static boolean matches(SourceConfig source, String file) {
        return FileSystems.getDefault()
                .getPathMatcher("glob:" + source.files().pattern())
                .matches(Path.of(file));
    }

    @Test
    void whatTheLogHasNoPositionBehindIsUnread() {
        feedBack(4);
        assertThat(unread()).hasSize(4);

        commit(0, Map.of("news", new SourcePosition("a@0", 1, 1, 0), "_replay@0", at(1), "_replay@1", at(3)));
        commit(1, Map.of("_replay@0", at(2)));
        assertThat(unread()).containsExactly("%020d.jsonl.gz".formatted(4));

        commit(2, Map.of("_replay", at(4)));
        assertThat(unread()).isEmpty();
    }

    @Test
    void aCorpusToWhichNothingWasFedBackHasNothingUnread() {
        assertThat(unread()).isEmpty();
    }

    @Test
    void aSourceOfSomeFilesHasNoOthers() {
        SourceConfig two = ReplaySource.ofFiles(corpus, List.of("3.jsonl.gz", "4.jsonl.gz"));
        assertThat(matches(two, "3.jsonl.gz")).isTrue();
        assertThat(matches(two, "2.jsonl.gz")).isFalse();
        assertThat(matches(ReplaySource.ofFiles(corpus, List.of()), "2.jsonl.gz"))
                .isFalse();
    }

    @Test
    void aLineIsTheRecordOfItsOwnSourceTriedOnceMore() {
        DeadLetter letter = Letters.of(new byte[] {0, (byte) 0xFF});
        byte[] line = DeadLetterJson.encode(Letters.stored(1, 1, letter)).getBytes(UTF_8);
        assertThat(ReplaySource.recordOf(line))
                .usingRecursiveComparison()
                .isEqualTo(new SourceRecord.Content(
                        "news", "a/b.jsonl@170", Letters.TIME, Optional.of("k"), 3, letter.bytes()));
    }

    @Test
    void noLineIsLongerThanIsAllowedForIt() {
        DeadLetter worst = Letters.of(new byte[100_000]);
        String line = DeadLetterJson.encode(Letters.stored(1, 1, worst));
        assertThat((long) line.length()).isBetween(600_000L, ReplaySource.maxLineBytes(100_000));
    }
}
