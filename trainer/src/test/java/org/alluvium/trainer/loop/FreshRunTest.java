package org.alluvium.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.trainer.data.HeldOutSplit;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshRunTest {

    private static final String DAY = "train.freshness.maxAge=1d";

    @TempDir
    private Path folder;

    @Test
    void documentsThatAreTooOldAreAsIfTheyWereNotThereHoweverOftenTheRunIsStopped() throws IOException {
        List<ShardRow> rows = TestCorpus.documents(1, 60, 30, TestRun.VOCABULARY);
        List<ShardRow> aged = new ArrayList<>();
        List<ShardRow> fresh = new ArrayList<>();
        long old = 0;
        for (int i = 0; i < rows.size(); i++) {
            ShardRow row = rows.get(i);
            boolean tooOld = i % 4 == 1;
            aged.add(published(row, tooOld ? Duration.ofHours(25) : Duration.ofHours(24)));
            if (!tooOld) {
                fresh.add(row);
            }
            old += tooOld && !new HeldOutSplit(100).holdsOut(row.contentHash()) ? 1 : 0;
        }
        TestRun.corpus(folder).commitCut(aged, 7, 13, 2);
        Path other = Files.createDirectory(folder.resolve("fresh"));
        TestRun.corpus(other).commitCut(fresh, 5, 3);
        TestRun undisturbed = new TestRun(other, "run");
        undisturbed.train();
        TestRun run = new TestRun(folder, "run", DAY);
        for (long step = 1; step < undisturbed.newest().step(); step += 2) {
            run.train("train.steps=" + step);
        }
        run.train();

        assertThat(run.journalWithoutRows()).isNotEmpty().isEqualTo(undisturbed.journalWithoutRows());
        assertThat(run.events().stream()
                        .filter(event -> event.type().equals("step"))
                        .mapToDouble(event -> event.number("tooOld", 0))
                        .sum())
                .isEqualTo((double) old);
        assertThatThrownBy(() -> run.train("train.freshness.maxAge=2d"))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("train.freshness.maxAge was PT24H and is now PT48H");
    }

    private static ShardRow published(ShardRow row, Duration before) {
        return new ShardRow(
                row.documentId(),
                row.source(),
                row.origin(),
                row.url(),
                row.eventTimeMillis() - before.toMillis(),
                row.ingestTimeMillis(),
                row.language(),
                row.quality(),
                row.contentHash(),
                row.repeat(),
                row.inputIds(),
                row.textBytes());
    }
}
