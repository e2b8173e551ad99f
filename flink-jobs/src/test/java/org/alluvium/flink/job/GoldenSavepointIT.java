package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.log.LogEntry;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What released versions have stored is understood by this one, at another parallelism too. */
class GoldenSavepointIT {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = "0.1.0")
    void theSavepointOfAReleaseIsRestoredWithTwiceTheParallelism(String release) throws Exception {
        Path golden = Path.of(getClass().getResource("/golden/" + release).toURI());
        TestCorpus corpus = new TestCorpus(folder);
        GoldenSavepoint.copyTree(golden.resolve("corpus"), corpus.layout().root());
        int documents = GoldenSavepoint.DOCUMENTS;
        corpus.file(GoldenSavepoint.INPUT, 0, documents).file("b.jsonl", documents / 2, 2 * documents);

        IngestOptions options =
                new IngestOptions(Optional.of(Location.of(golden.resolve(GoldenSavepoint.SAVEPOINT))), false);
        try (RunningIngest running = RunningIngest.start(corpus, corpus.config(true, 2), options)) {
            running.awaitRows(2L * documents).stop();
        }

        assertThat(corpus.documentIds()).containsExactlyInAnyOrderElementsOf(TestCorpus.ids(0, 2 * documents));
        assertThat(corpus.log().readFrom(0).stream().map(LogEntry::lineage).distinct())
                .hasSize(1);
    }
}
