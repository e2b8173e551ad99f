package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.document.DocumentChange.Kind;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.ingest.text.ContentHasher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a file is one document, a rewritten file is its next version. */
class RewrittenFileIT {

    @TempDir
    Path folder;

    @Test
    void aRewrittenFileSupersedesWhatItHeldAndMayGoBackToIt() throws Exception {
        TestCorpus corpus = new TestCorpus(folder);
        write("The first words.");

        try (RunningIngest running = RunningIngest.start(corpus, config(), IngestOptions.DEFAULT)) {
            running.awaitRows(1);
            write("Other, longer words.");
            running.awaitRows(2);
            write("The first words.");
            running.awaitRows(3).stop();
        }

        List<ShardRow> rows = corpus.rows();
        assertThat(rows)
                .extracting(ShardRow::documentId)
                .hasSize(3)
                .containsOnly(rows.get(0).documentId());
        assertThat(corpus.changes()).extracting(DocumentChange::kind).containsExactly(Kind.SUPERSEDED, Kind.SUPERSEDED);
        assertThat(corpus.changes())
                .extracting(change -> change.withdrawn().orElseThrow())
                .containsExactly(ContentHasher.v1("The first words."), ContentHasher.v1("Other, longer words."));
    }

    private void write(String text) throws IOException {
        Path hidden = Files.writeString(folder.resolve("in/.page.txt"), text);
        Files.move(hidden, folder.resolve("in/page.txt"), StandardCopyOption.ATOMIC_MOVE);
    }

    private AlluviumConfig config() throws IOException {
        Path file = Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: {dir: corpus}
                sources: [{name: pages, path: in, format: text}]
                ingest: {checkpointInterval: 100ms, discoveryInterval: 50ms}
                """);
        return ConfigLoader.load(file, List.of());
    }
}
