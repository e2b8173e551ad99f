package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.flink.sink.CommitProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Near-duplicates in the whole job. */
class NearDedupIT {

    private static final int TEXTS = 60;
    private static final int COPIES = 8;
    private static final CompletableFuture<Void> NEVER = new CompletableFuture<>();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void ofEveryTextExactlyOneCopyIsKeptThoughATaskFails(int parallelism) throws Exception {
        TestCorpus corpus = input();

        ExitCode code = IngestProcess.run(
                config(corpus, parallelism),
                IngestOptions.DEFAULT,
                new FailOnce(folder.resolve("failed").toString(), CommitProbe.Point.BEFORE_COMMIT),
                NEVER);

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(corpus.documentIds())
                .map(id -> id.substring(0, id.indexOf('-')))
                .containsExactlyInAnyOrderElementsOf(texts());
        assertThat(corpus.funnel().duplicatesByKind()).isEqualTo(Map.of("near", (long) TEXTS * (COPIES - 1)));
        assertThat(corpus.commits())
                .extracting(LogEntry.Commit::funnel)
                .allSatisfy(funnel -> assertThat(funnel.balances()).isTrue());
    }

    @Test
    void withOneSubtaskTheFirstCopyIsKeptInTheOrderOfTheInput() throws Exception {
        TestCorpus corpus = input();

        IngestProcess.run(config(corpus, 1), IngestOptions.DEFAULT, CommitProbe.NONE, NEVER);

        assertThat(corpus.documentIds())
                .containsExactlyElementsOf(
                        texts().stream().map(text -> text + "-0").toList());
    }

    private static AlluviumConfig config(TestCorpus corpus, int parallelism) throws IOException {
        return corpus.config(false, parallelism, "dedup.near.enabled=true");
    }

    private static List<String> texts() {
        return IntStream.range(0, TEXTS).mapToObj(text -> "t" + text).toList();
    }

    /** In each of several files one copy of every text; copies differ in their punctuation. */
    private TestCorpus input() throws IOException {
        TestCorpus corpus = new TestCorpus(folder);
        for (int copy = 0; copy < COPIES; copy++) {
            StringBuilder lines = new StringBuilder();
            for (int text = 0; text < TEXTS; text++) {
                lines.append(
                        "{\"id\":\"t%d-%d\",\"text\":\"%s%s\"}\n".formatted(text, copy, words(text), "!".repeat(copy)));
            }
            corpus.file("copy-" + copy + ".jsonl", lines.toString());
        }
        return corpus;
    }

    /** Five words that no other text has. */
    private static String words(int text) {
        String own = new String(new char[] {(char) ('a' + text / 26), (char) ('a' + text % 26)});
        return "every %1$s word %1$s tells %1$s".formatted(own);
    }
}
