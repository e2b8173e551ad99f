package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.flink.sink.CommitProbe;
import org.alluvium.ingest.text.ContentHasher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boilerplate and addresses in the whole job. */
class LineDedupIT {

    private static final int PAGES = 40;
    private static final CompletableFuture<Void> NEVER = new CompletableFuture<>();

    @TempDir
    Path folder;

    @Test
    void linesThatAHostHasOftenHadAreCutOutOfItsNextPages() throws Exception {
        TestCorpus corpus = pages("page-%d");
        AlluviumConfig config = corpus.config(false, 2, "dedup.lines.enabled=true", "dedup.lines.documents=3");

        IngestProcess.run(config, IngestOptions.DEFAULT, CommitProbe.NONE, NEVER);

        List<ShardRow> rows = corpus.rows();
        assertThat(rows).hasSize(PAGES);
        assertThat(rows)
                .filteredOn(row -> row.contentHash().equals(ContentHasher.v1(content(number(row)))))
                .hasSize(PAGES - 3);
        assertThat(corpus.funnel())
                .satisfies(funnel -> assertThat(funnel.balances()).isTrue())
                .extracting(Funnel::edits)
                .isEqualTo(Map.of("lines.boilerplate", PAGES - 3L));
    }

    @Test
    void ofEveryAddressOnlyTheFirstDocumentIsTaken() throws Exception {
        TestCorpus corpus = pages("page");

        IngestProcess.run(
                corpus.config(false, 1, "dedup.url.enabled=true"), IngestOptions.DEFAULT, CommitProbe.NONE, NEVER);

        assertThat(corpus.documentIds()).containsExactly("d0");
        assertThat(corpus.funnel().duplicatesByKind()).isEqualTo(Map.of("url", PAGES - 1L));
    }

    private static int number(ShardRow row) {
        return Integer.parseInt(row.documentId().substring(1));
    }

    private static String content(int page) {
        return "What page %d has to say, %d times over.".formatted(page, page);
    }

    /** Pages of one host, with the same line ahead of all of them. */
    private TestCorpus pages(String path) throws Exception {
        StringBuilder lines = new StringBuilder();
        IntStream.range(0, PAGES)
                .forEach(page -> lines.append(
                        "{\"id\":\"d%d\",\"url\":\"https://www.example.org/%s?utm_source=%d\",\"text\":\"Home | About\\n\\n%s\"}\n"
                                .formatted(page, path.formatted(page), page, content(page))));
        return new TestCorpus(folder).file("pages.jsonl", lines.toString());
    }
}
