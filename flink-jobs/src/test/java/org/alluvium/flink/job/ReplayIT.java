package org.alluvium.flink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.flink.sink.CommitProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records that were refused, fed back to a job that has been mended. */
class ReplayIT {

    /** A reader that looks for the text in a field that the files do not have. */
    private static final String DEFECT = "sources[0].fields.text=body";

    @TempDir
    Path folder;

    private TestCorpus corpus;

    private long attempts() {
        return corpus.log().readFrom(0).stream()
                .filter(LogEntry.Fence.class::isInstance)
                .count();
    }

    @Test
    void aMendedReaderTakesWhatWasFedBackOnceWithItsOriginalOrigin() throws Exception {
        corpus = new TestCorpus(folder).file("a.jsonl", 0, 50);
        try (RunningIngest defective =
                RunningIngest.start(corpus, corpus.config(true, 1, DEFECT), IngestOptions.DEFAULT)) {
            defective.awaitRead(50).stop();
        }
        assertThat(attempts()).as("poison restarts nothing").isOne();
        assertThat(corpus.documentIds()).isEmpty();
        List<String> origins = corpus.letters().stream()
                .map(stored -> stored.letter().origin())
                .toList();
        assertThat(corpus.feedBackAll()).isEqualTo(50);

        try (RunningIngest mended = RunningIngest.start(corpus, corpus.config(true, 1), IngestOptions.DEFAULT)) {
            mended.awaitRows(50);
            corpus.file("b.jsonl", 50, 60);
            mended.awaitRows(60).stop();
        }
        assertThat(corpus.feedBackAll()).as("nothing is fed back twice").isZero();
        try (RunningIngest later = RunningIngest.start(corpus, corpus.config(true, 1), IngestOptions.DEFAULT)) {
            corpus.file("c.jsonl", 60, 61);
            later.awaitRows(61).stop();
        }

        assertThat(corpus.documentIds()).isEqualTo(TestCorpus.ids(0, 61));
        assertThat(corpus.rows().subList(0, 50)).extracting(ShardRow::origin).isEqualTo(origins);
        assertThat(corpus.rows()).extracting(ShardRow::source).containsOnly("test");
        assertThat(corpus.funnel().duplicates()).isZero();
    }

    @Test
    void whatIsRefusedAgainCanBeFedBackAgain() throws Exception {
        String almostTooLong = "\u0001".repeat(1000);
        corpus = new TestCorpus(folder)
                .with("maxLineBytes", 1024)
                .file("a.jsonl", 0, 3)
                .file("b.jsonl", almostTooLong + "\n");
        IngestProcess.run(corpus.config(false, 1, DEFECT), IngestOptions.DEFAULT);
        corpus.feedBackAll();
        IngestProcess.run(corpus.config(false, 1, DEFECT), IngestOptions.DEFAULT);

        assertThat(corpus.letters())
                .extracting(stored -> stored.letter().attempt())
                .containsExactly(1, 1, 1, 1, 2, 2, 2, 2);
        assertThat(corpus.letters().get(7).letter().bytes()).isEqualTo(almostTooLong.getBytes(UTF_8));
        assertThat(corpus.feedBackAll()).isEqualTo(4);
        IngestProcess.run(corpus.config(false, 1), IngestOptions.DEFAULT);
        assertThat(corpus.documentIds()).isEqualTo(TestCorpus.ids(0, 3));
        assertThat(corpus.funnel().rejected()).isEqualTo(Map.of("text_missing", 6L, "not_json", 3L));
    }

    @Test
    void aCorpusWhoseSourcesHaveEndedReadsWhatWasFedBackSince() throws Exception {
        corpus = new TestCorpus(folder).file("a.jsonl", 0, 20).file("b.jsonl", "{\"body\":\"good\"}\n");
        IngestProcess.run(corpus.config(false, 2, DEFECT), IngestOptions.DEFAULT);
        assertThat(corpus.rows()).hasSize(1);

        assertThat(corpus.feedBackAll()).isEqualTo(20);
        assertThat(IngestProcess.run(corpus.config(false, 2), IngestOptions.DEFAULT))
                .isEqualTo(ExitCode.OK);
        assertThat(corpus.rows()).hasSize(21);

        int entries = corpus.log().readFrom(0).size();
        assertThat(IngestProcess.run(corpus.config(false, 2), IngestOptions.DEFAULT))
                .isEqualTo(ExitCode.OK);
        assertThat(corpus.log().readFrom(0)).as("nothing is left to read").hasSize(entries);
    }

    @ParameterizedTest
    @EnumSource(
            value = CommitProbe.Point.class,
            names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
    void aReplayThatWasCutOffGoesOnAndReadsNothingTwice(CommitProbe.Point point) throws Exception {
        corpus = new TestCorpus(folder).with("checkpointInterval", "10ms").file("a.jsonl", 0, 3000);
        IngestProcess.run(corpus.config(false, 1, DEFECT), IngestOptions.DEFAULT);
        corpus.feedBackAll();
        AlluviumConfig mended = corpus.config(false, 1);
        CommitProbe cut = (reached, checkpoint) -> {
            if (reached == point) {
                throw new DataException("the end", "here", "Start again");
            }
        };

        assertThatThrownBy(() -> IngestProcess.run(mended, IngestOptions.DEFAULT, cut, new CompletableFuture<>()))
                .isInstanceOf(DataException.class);
        assertThat(IngestProcess.run(mended, IngestOptions.DEFAULT)).isEqualTo(ExitCode.OK);

        assertThat(corpus.documentIds()).isEqualTo(TestCorpus.ids(0, 3000));
        assertThat(corpus.funnel().balances()).isTrue();
    }
}
