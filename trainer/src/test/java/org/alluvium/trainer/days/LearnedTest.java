package org.alluvium.trainer.days;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.data.Cursor;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.data.HeldOutSplit;
import org.alluvium.trainer.data.Selection;
import org.alluvium.trainer.data.ShardOpener;
import org.alluvium.trainer.days.Dated.By;
import org.alluvium.trainer.days.Learned.Side;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.alluvium.trainer.fixture.TinyVocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten documents of each day, in their order, some of them twice; windows of ten. */
class LearnedTest {

    private static final LocalDate FIRST = LocalDate.of(2025, 12, 26);
    private static final HeldOutSplit SPLIT = new HeldOutSplit(100);
    private static final int WINDOW = 10;

    @TempDir
    private Path folder;

    @Test
    void documentsOfTheWindowsThatACheckpointHadBegunAreCounted() {
        List<ShardRow> rows = rows();
        TestCorpus corpus = TestRun.corpus(folder);
        corpus.commitCut(rows, 7, 13, 2);
        TestRun run = new TestRun(folder, "run", "train.checkpoint.keepTemporary=100");
        for (long step = 1; step < 14; step += 2) {
            run.train("train.steps=" + step);
        }
        List<Checkpoint> checkpoints = new CheckpointFolder(run.layout())
                .paths().stream().map(Checkpoint::open).toList();

        assertThat(checkpoints).hasSizeGreaterThan(5);
        for (Checkpoint checkpoint : checkpoints) {
            Learned learned = learned(corpus, checkpoint);
            List<Long> expected = expected(rows, checkpoint.state().cursor());
            for (int day = 0; day < rows.size() / 10; day++) {
                assertThat(learned.documents(stratum(day)))
                        .as("step " + checkpoint.step() + ", day " + day)
                        .isEqualTo(expected.get(day));
            }
            int newest = Math.toIntExact(learned.newestDay().orElseThrow().toEpochDay() - FIRST.toEpochDay());
            assertThat(learned.side(stratum(newest - 1))).isEqualTo(Side.BEFORE);
            assertThat(learned.side(stratum(newest))).isEqualTo(Side.NEWEST);
            assertThat(learned.side(stratum(newest + 1))).isEqualTo(Side.AFTER);
            assertThat(expected.get(newest)).isPositive();
            assertThat(expected.subList(newest + 1, expected.size())).containsOnly(0L);
        }
    }

    /** The same by counting documents off the list. */
    private static List<Long> expected(List<ShardRow> rows, Cursor cursor) {
        boolean begun = cursor.documents() > 0 || cursor.offset() > 0;
        long turns = (cursor.window() + (begun ? 1 : 0)) * WINDOW;
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (i % 10 == 0) {
                expected.add(0L);
            }
            if (!SPLIT.holdsOut(rows.get(i).contentHash()) && turns > 0) {
                turns -= rows.get(i).repeat();
                expected.set(i / 10, expected.get(i / 10) + 1);
            }
        }
        return expected;
    }

    private Learned learned(TestCorpus corpus, Checkpoint checkpoint) {
        Learned learned =
                new Learned(checkpoint.state().cursor(), checkpoint.state().plan(), TakenOut.NOTHING);
        ShardOpener opener = new ShardOpener(
                corpus.layout(), TinyVocabulary.of(folder, TestRun.VOCABULARY), new DocumentEnds(true, false));
        new HeldOutDays(corpus.log(), opener, SPLIT, Selection.DEFAULT, 1).readOn(learned);
        return learned;
    }

    private static Stratum stratum(int day) {
        return new Stratum(By.PUBLISHED, Period.day(FIRST.plusDays(day)));
    }

    private static List<ShardRow> rows() {
        List<ShardRow> plain = TestCorpus.documents(1, 80, 12, TestRun.VOCABULARY);
        List<ShardRow> rows = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            ShardRow row = plain.get(i);
            rows.add(new ShardRow(
                    row.documentId(),
                    row.source(),
                    row.origin(),
                    row.url(),
                    row.eventTimeMillis() - Duration.ofDays(7 - i / 10).toMillis(),
                    row.ingestTimeMillis(),
                    row.language(),
                    row.quality(),
                    row.contentHash(),
                    i % 7 == 3 ? 2 : 1,
                    row.inputIds(),
                    row.textBytes()));
        }
        return rows;
    }
}
