package org.alluvium.trainer.days;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.data.HeldOutSplit;
import org.alluvium.trainer.data.Selection;
import org.alluvium.trainer.data.ShardOpener;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.alluvium.trainer.fixture.TinyVocabulary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents are committed on 2 January 2026; half of them are held out. */
class HeldOutDaysTest {

    private static final HeldOutSplit HALF = new HeldOutSplit(500);
    private static final int MOST = 5;

    @TempDir
    private Path folder;

    private TestCorpus corpus;

    @BeforeEach
    void createCorpus() {
        corpus = TestRun.corpus(folder);
    }

    @Test
    void documentsCountToTheDayOfTheirPublicationWhereverTheyAre() {
        corpus.commit(false, List.of(row("new", 0), row("old", 40), row("newer", 0)), List.of(row("before", 1)));
        corpus.commit(true, List.of(row("late", 1), row("ancient", 9000)));

        assertThat(ids(days(corpus)))
                .isEqualTo(Map.of(
                        "2026-01-02", List.of("new", "newer"),
                        "2026-01-01", List.of("before", "late"),
                        "2025-11", List.of("old"),
                        "before 2014", List.of("ancient")));
    }

    @Test
    void documentsWithoutADateThatCanBeAreKeptApart() {
        ShardRow undated = withTimes(row("undated", 0), 0);
        ShardRow ahead = row("ahead", -2);
        corpus.commit(true, List.of(row("dated", 0), undated, ahead));

        assertThat(ids(days(corpus)))
                .isEqualTo(Map.of("2026-01-02", List.of("dated"), "read 2026-01-02", List.of("undated", "ahead")));
    }

    @Test
    void ofADayThereIsAsGoodAsADrawWhateverTheOrderAndHoweverOftenItIsReadOn() throws IOException {
        List<ShardRow> rows = new ArrayList<>();
        Random random = new Random(3);
        for (ShardRow row : TestCorpus.documents(1, 400, 5, TestRun.VOCABULARY)) {
            rows.add(published(row, random.nextInt(70)));
        }
        HeldOutDays readOn = days(corpus);
        for (int from = 0; from < rows.size(); from += 50) {
            corpus.commit(from == 350, rows.subList(from, from + 20), rows.subList(from + 20, from + 50));
            readOn.readOn(HeldOutDays.Listener.NONE);
        }
        Collections.shuffle(rows, random);
        TestCorpus other = TestRun.corpus(Files.createDirectory(folder.resolve("other")));
        other.commitCut(rows, 7, 31);

        assertThat(ids(readOn)).isEqualTo(ids(days(other))).hasSizeGreaterThan(30);
        assertThat(ids(readOn).get("2025-12")).isNull();
        assertThat(ids(readOn).get("2025-11")).hasSize(MOST);
    }

    @Test
    void oneThatIsTakenDownGivesItsPlaceToTheNextAndNothingElseMoves() {
        List<ShardRow> rows = TestCorpus.documents(1, 60, 5, TestRun.VOCABULARY);
        corpus.commit(true, rows);
        List<String> before = ids(days(corpus)).get("2026-01-02");
        corpus.takeDown(before.get(1));
        List<String> taken = ids(days(corpus)).get("2026-01-02");
        corpus.carryOut();

        List<String> kept = new ArrayList<>(before);
        kept.remove(1);
        assertThat(taken).hasSize(MOST).startsWith(kept.toArray(String[]::new));
        assertThat(ids(days(corpus)).get("2026-01-02")).isEqualTo(taken);
    }

    private HeldOutDays days(TestCorpus of) {
        ShardOpener opener = new ShardOpener(
                of.layout(), TinyVocabulary.of(folder, TestRun.VOCABULARY), new DocumentEnds(true, false));
        return new HeldOutDays(of.log(), opener, HALF, Selection.DEFAULT, MOST);
    }

    private static Map<String, List<String>> ids(HeldOutDays days) {
        days.readOn(HeldOutDays.Listener.NONE);
        Map<String, List<String>> ids = new LinkedHashMap<>();
        days.documents()
                .forEach((stratum, documents) -> ids.put(
                        stratum.name(),
                        documents.stream().map(TrainingDocument::id).toList()));
        return ids;
    }

    private int hashes;

    /** A held-out document; those that are made later have larger hashes. */
    private ShardRow row(String id, int daysAgo) {
        return published(TestCorpus.row(id, new int[] {1, 5, 6}, new ContentHash(1, hashes++), 1), daysAgo);
    }

    private static ShardRow published(ShardRow row, int daysAgo) {
        return withTimes(row, row.eventTimeMillis() - Duration.ofDays(daysAgo).toMillis());
    }

    private static ShardRow withTimes(ShardRow row, long eventMillis) {
        return new ShardRow(
                row.documentId(),
                row.source(),
                row.origin(),
                row.url(),
                eventMillis,
                row.ingestTimeMillis(),
                row.language(),
                row.quality(),
                row.contentHash(),
                row.repeat(),
                row.inputIds(),
                row.textBytes());
    }
}
