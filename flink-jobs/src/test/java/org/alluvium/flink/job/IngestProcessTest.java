package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.document.DocumentChange.Kind;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.ingest.text.ContentHasher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestProcessTest {

    @TempDir
    Path folder;

    @Test
    void boundedInputEndsInTheCorpusInItsOrderAndEveryRecordIsAccountedFor() throws Exception {
        TestCorpus corpus = new TestCorpus(folder)
                .file("a.jsonl", 0, 500)
                .file("b.jsonl", "not json\n{\"text\":\"document number 7\"}\n{\"text\":\" \"}\n")
                .file("c.jsonl", 500, 600);

        ExitCode code = IngestProcess.run(corpus.config(false, 1), IngestOptions.DEFAULT);

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(corpus.documentIds()).isEqualTo(TestCorpus.ids(0, 600));
        assertThat(corpus.funnel())
                .isEqualTo(new Funnel(
                        603,
                        600,
                        Map.of("exact", 1L),
                        Map.of("not_json", 1L, "empty_text", 1L),
                        Map.of(),
                        0,
                        Map.of()));
        assertThat(corpus.commits().get(corpus.commits().size() - 1).endOfInput())
                .isTrue();
    }

    @Test
    void documentsAreSupersededDeletedAndBroughtBack() throws Exception {
        TestCorpus corpus = new TestCorpus(folder).file("a.jsonl", """
                {"id":"x","text":"first"}
                {"id":"x","text":"second"}
                {"id":"y","text":"other"}
                {"id":"x","text":"first"}
                {"id":"y","deleted":true}
                {"id":"z","text":"first"}
                """);

        IngestProcess.run(corpus.config(false, 1), IngestOptions.DEFAULT);

        assertThat(corpus.documentIds()).containsExactly("x", "x", "y", "x");
        assertThat(corpus.funnel()).isEqualTo(new Funnel(6, 4, Map.of("exact", 1L), Map.of(), Map.of(), 1, Map.of()));
        assertThat(corpus.changes())
                .extracting(
                        DocumentChange::id,
                        DocumentChange::kind,
                        change -> change.withdrawn().orElseThrow())
                .containsExactly(
                        tuple("x", Kind.SUPERSEDED, ContentHasher.v1("first")),
                        tuple("x", Kind.SUPERSEDED, ContentHasher.v1("second")),
                        tuple("y", Kind.DELETED, ContentHasher.v1("other")));
        List<ShardRow> rows = corpus.rows();
        assertThat(corpus.changes().get(1).origin())
                .as("the last change of a document names the row that holds")
                .isEqualTo(rows.get(3).origin());
    }

    @Test
    void aFinishedCorpusIsLeftAsItIs() throws Exception {
        TestCorpus corpus = new TestCorpus(folder).file("a.jsonl", 0, 10);
        IngestProcess.run(corpus.config(false, 2), IngestOptions.DEFAULT);
        int entries = corpus.log().readFrom(0).size();

        assertThat(IngestProcess.run(corpus.config(false, 2), IngestOptions.DEFAULT))
                .isEqualTo(ExitCode.OK);
        assertThat(corpus.log().readFrom(0)).hasSize(entries);
    }
}
