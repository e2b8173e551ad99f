package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogTail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills processes while documents wait for what their copies, their addresses and their hosts are known for, with every
 * deduplication on. {@code -Dalluvium.kills=12} makes it a longer one.
 */
class DedupKillsIT {

    private static final int KILLS = Integer.getInteger("alluvium.kills", 3);
    private static final int FILES_BEFORE_A_KILL = 4;

    private final Copies copies = new Copies((KILLS + 1) * FILES_BEFORE_A_KILL);

    @TempDir
    Path folder;

    private TestCorpus corpus;
    private Path config;
    private MortalIngest ingest;

    @BeforeEach
    void startIngest() throws IOException {
        corpus = new TestCorpus(folder);
        config = Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: {dir: corpus}
                sources: [{name: test, path: in}]
                ingest: {parallelism: 4, checkpointInterval: 200ms, discoveryInterval: 50ms}
                dedup: {near: {enabled: true}, url: {enabled: true}, lines: {enabled: true}}
                """);
        ingest = MortalIngest.start(config);
    }

    @AfterEach
    void killIngest() throws InterruptedException {
        ingest.kill();
    }

    @Test
    void ofEveryClusterExactlyOneDocumentIsKeptWhoeverIsKilled() throws Exception {
        long read = 0;
        try (LogTail tail = LogTail.open(corpus.layout().create(), 0)) {
            for (int kill = 0; kill < KILLS; kill++) {
                long before = (long) kill * FILES_BEFORE_A_KILL * copies.documentsInAFile();
                publish(kill);
                // Some of these are in the log when the blow comes, the others on their way.
                read = awaitRead(tail, read, before + 1);
                kill(kill);
            }
            publish(KILLS);
            awaitRead(tail, read, copies.documents());
        }

        assertThat(corpus.documentIds()).map(Copies::clusterOf).containsExactlyInAnyOrderElementsOf(copies.clusters());
        assertThat(corpus.funnel()).isEqualTo(expected());
        assertThat(corpus.commits())
                .extracting(LogEntry.Commit::funnel)
                .allSatisfy(funnel -> assertThat(funnel.balances()).isTrue());
        assertThat(corpus.log().readFrom(0))
                .filteredOn(LogEntry.Fence.class::isInstance)
                .as("one fence at least for each attempt")
                .hasSizeGreaterThan(KILLS);
    }

    private Funnel expected() {
        return new Funnel(
                copies.documents(),
                copies.clusters().size(),
                copies.duplicates(),
                Map.of(),
                Map.of(),
                0,
                Map.of("lines.boilerplate", copies.pagesWithBoilerplate()));
    }

    private void publish(int turn) throws IOException {
        for (int file = turn * FILES_BEFORE_A_KILL; file < (turn + 1) * FILES_BEFORE_A_KILL; file++) {
            corpus.file("part-" + file + ".jsonl", copies.file(file));
        }
    }

    private void kill(int turn) throws IOException, InterruptedException {
        if (turn % 2 == 0) {
            ingest.killTaskManager();
        } else {
            ingest.kill();
            ingest = MortalIngest.start(config);
        }
    }

    /** Waits until the log has counted as many records; returns how many it has. */
    private long awaitRead(LogTail tail, long read, long wanted) throws InterruptedException {
        long seen = read;
        while (seen < wanted) {
            assertThat(ingest.isAlive()).as("ingest lives").isTrue();
            seen += tail.next(RunningIngest.PATIENCE)
                    .filter(LogEntry.Commit.class::isInstance)
                    .map(entry -> ((LogEntry.Commit) entry).funnel().read())
                    .orElse(0L);
        }
        return seen;
    }
}
