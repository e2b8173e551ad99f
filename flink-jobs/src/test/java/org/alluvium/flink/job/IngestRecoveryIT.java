package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.flink.sink.CommitProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fails tasks inside the commit window and compares what comes out with what went in. */
class IngestRecoveryIT {

    private static final int DOCUMENTS = 300;
    private static final CompletableFuture<Void> NEVER = new CompletableFuture<>();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(CommitProbe.Point.class)
    void aTaskFailureInTheCommitWindowChangesNeitherDocumentsNorTheirOrder(CommitProbe.Point point) throws Exception {
        TestCorpus corpus = input();

        ExitCode code =
                IngestProcess.run(corpus.config(false, 1), IngestOptions.DEFAULT, new FailOnce(marker(), point), NEVER);

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(Path.of(marker())).exists();
        assertThat(corpus.documentIds()).isEqualTo(TestCorpus.ids(0, DOCUMENTS));
        assertThat(corpus.funnel().balances()).isTrue();
        assertThat(corpus.funnel().read()).isEqualTo(DOCUMENTS + 1);
        assertThat(fences(corpus)).hasSize(2);
    }

    @Test
    void withTwoSubtasksEveryDocumentIsThereExactlyOnceAfterAFailure() throws Exception {
        TestCorpus corpus = input();

        IngestProcess.run(
                corpus.config(false, 2),
                IngestOptions.DEFAULT,
                new FailOnce(marker(), CommitProbe.Point.BEFORE_COMMIT),
                NEVER);

        assertThat(corpus.documentIds()).containsExactlyInAnyOrderElementsOf(TestCorpus.ids(0, DOCUMENTS));
        assertThat(corpus.funnel().balances()).isTrue();
    }

    @Test
    void filesOfTheFailedAttemptAreNotPartOfTheCorpus() throws Exception {
        TestCorpus corpus = input();

        IngestProcess.run(
                corpus.config(false, 1),
                IngestOptions.DEFAULT,
                new FailOnce(marker(), CommitProbe.Point.FILES_WRITTEN),
                NEVER);

        assertThat(filesIn(corpus.layout().shards()))
                .hasSizeGreaterThan(namedShards(corpus).size())
                .containsAll(namedShards(corpus));
    }

    @Test
    void anErrorThatAPersonMustMendEndsTheJobAtOnceAndChangesNothing() throws Exception {
        TestCorpus corpus = input();
        CommitProbe damaged = (point, checkpoint) -> {
            if (point == CommitProbe.Point.BEFORE_COMMIT && checkpoint > 0) {
                throw new DataException("it is damaged", "somewhere", "Mend it");
            }
        };
        AlluviumConfig config = corpus.config(false, 1);

        assertThatThrownBy(() -> IngestProcess.run(config, IngestOptions.DEFAULT, damaged, NEVER))
                .isInstanceOf(DataException.class)
                .hasMessage("somewhere: it is damaged. Mend it");
        assertThat(corpus.commits()).isEmpty();
        assertThat(fences(corpus)).hasSize(1);
    }

    private TestCorpus input() throws IOException {
        return new TestCorpus(folder)
                .file("a.jsonl", 0, DOCUMENTS / 2)
                .file("b.jsonl", "not json\n")
                .file("c.jsonl", DOCUMENTS / 2, DOCUMENTS);
    }

    private String marker() {
        return folder.resolve("failed").toString();
    }

    private static Stream<LogEntry> fences(TestCorpus corpus) {
        return corpus.log().readFrom(0).stream().filter(LogEntry.Fence.class::isInstance);
    }

    private static Set<String> namedShards(TestCorpus corpus) {
        return Set.copyOf(corpus.commits().stream()
                .flatMap(commit -> commit.shards().stream())
                .map(ShardFile::path)
                .toList());
    }

    private static Set<String> filesIn(Path shards) throws IOException {
        try (Stream<Path> files = Files.list(shards)) {
            return Set.copyOf(files.map(file -> "shards/" + file.getFileName()).toList());
        }
    }
}
