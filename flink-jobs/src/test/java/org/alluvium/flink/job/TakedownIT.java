package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.Selector;
import org.alluvium.flink.takedown.Cleaner;
import org.alluvium.flink.takedown.Sweep;
import org.alluvium.flink.takedown.TakenRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents are taken down while ingest runs, and come again. */
class TakedownIT {

    @TempDir
    Path folder;

    @Test
    void whatIsTakenDownWhileIngestRunsIsGoneAndDoesNotComeBack() throws Exception {
        TestCorpus corpus = new TestCorpus(folder).file("a.jsonl", 0, 30);

        try (RunningIngest running = RunningIngest.start(corpus, corpus.config(true, 2), IngestOptions.DEFAULT)) {
            running.awaitRows(30);
            takeDown(corpus, "d7");
            corpus.file("b.jsonl", "{\"id\":\"d7\",\"text\":\"the same document in other words\"}\n")
                    .file("c.jsonl", 30, 60);
            running.awaitRead(61).stop();
        }
        try (RunningIngest again = RunningIngest.start(corpus, corpus.config(true, 2), IngestOptions.DEFAULT)) {
            corpus.file("d.jsonl", "{\"id\":\"d7\",\"text\":\"once more, to a job that was restored\"}\n");
            again.awaitRead(62).stop();
        }

        assertThat(corpus.documentIds()).hasSize(60).doesNotContain("d7").contains("", "d6", "d59");
        assertThat(corpus.funnel().skipped()).containsEntry("taken_down", 2L);
        assertThat(corpus.log().readFrom(0).stream().filter(LogEntry.Rewrite.class::isInstance))
                .hasSize(1);
    }

    private void takeDown(TestCorpus corpus, String id) {
        Cleaner cleaner =
                new Cleaner(corpus.layout()::file, corpus.layout().store(), folder.resolve("scratch"), () -> "taken");
        Sweep sweep = new Sweep(corpus.layout(), cleaner, InstantSource.system());
        sweep.order(List.of(new Selector.Id(id, Optional.empty())), "asked");
        assertThat(sweep.carryOut(new Sweep.Listener() {
                    @Override
                    public void at(long done, long all) {}

                    @Override
                    public void found(TakenRow row) {
                        assertThat(row.id()).isEqualTo(id);
                    }

                    @Override
                    public void again() {}

                    @Override
                    public void beforeReplacing(Sweep.Counts counts) {}
                }))
                .hasValueSatisfying(counts -> assertThat(counts.documents()).isEqualTo(1));
    }
}
