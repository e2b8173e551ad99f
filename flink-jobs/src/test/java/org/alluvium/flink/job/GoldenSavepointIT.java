package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.log.LogEntry;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What released versions have stored is understood by this one, at another parallelism too. */
class GoldenSavepointIT {

    @TempDir
    Path folder;

    /** The first release's plain savepoint is of other documents. */
    private static final String FIRST = "0.1.0";

    @ParameterizedTest
    @CsvSource({FIRST + ", false", FIRST + ", true", FIRST + "-every-option, true"})
    void theSavepointOfAReleaseIsRestoredWithTwiceTheParallelismAndWithOperatorsThatItDidNotHave(
            String release, boolean everyOption) throws Exception {
        Path golden = Path.of(getClass().getResource("/golden/" + release).toURI());
        TestCorpus corpus = new TestCorpus(folder);
        GoldenSavepoint.copyTree(golden.resolve("corpus"), corpus.layout().root());
        int documents = GoldenSavepoint.DOCUMENTS;
        if (release.equals(FIRST)) {
            corpus.file(GoldenSavepoint.INPUT, 0, documents).file("again.jsonl", documents / 2, documents);
        } else {
            corpus.file(GoldenSavepoint.INPUT, GoldenSavepoint.documents(0, documents))
                    .file("again.jsonl", GoldenSavepoint.documents(documents / 2, documents));
        }
        corpus.file("new.jsonl", GoldenSavepoint.documents(documents, 2 * documents));

        IngestOptions options =
                new IngestOptions(Optional.of(Location.of(golden.resolve(GoldenSavepoint.SAVEPOINT))), false);
        String[] settings = everyOption ? GoldenSavepoint.EVERY_OPTION : new String[0];
        try (RunningIngest running = RunningIngest.start(corpus, corpus.config(true, 2, settings), options)) {
            running.awaitRead(5L * documents / 2).stop();
        }

        assertThat(corpus.documentIds()).containsExactlyInAnyOrderElementsOf(TestCorpus.ids(0, 2 * documents));
        assertThat(corpus.log().readFrom(0).stream().map(LogEntry::lineage).distinct())
                .hasSize(1);
    }
}
