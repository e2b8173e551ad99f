package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.IngestConfig.StateBackend;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.event.EventReader;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.store.ProcessLock;
import org.alluvium.flink.sink.CommitProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IngestResumeIT {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(StateBackend.class)
    void theNextProcessContinuesWhereTheLastOneStoppedAndRemembersWhatItSaw(StateBackend state) throws Exception {
        TestCorpus corpus = new TestCorpus(folder)
                .with("stateBackend", state.name().toLowerCase(Locale.ROOT))
                .file("a.jsonl", 0, 100);
        runUntil(corpus, 100);

        corpus.file("b.jsonl", 50, 150);
        runUntil(corpus, 150);

        assertThat(corpus.documentIds()).isEqualTo(TestCorpus.ids(0, 150));
        assertThat(corpus.funnel().duplicates()).isEqualTo(50);
        assertThat(corpus.log().readFrom(0)).extracting(LogEntry::lineage).containsOnly(lineage(corpus));
    }

    @Test
    void whatEarlierProcessesHaveLeftOfTheirCheckpointsIsDeleted() throws Exception {
        TestCorpus corpus = new TestCorpus(folder).file("a.jsonl", 0, 10);
        runUntilIdle(corpus, 10);
        long newestOfFirst = RunningIngest.newestCheckpoint(corpus);
        corpus.file("b.jsonl", 10, 20);
        runUntilIdle(corpus, 20);
        assertThat(RunningIngest.completeCheckpoints(corpus).min().orElseThrow())
                .isLessThan(newestOfFirst);

        corpus.file("c.jsonl", 20, 30);
        runUntilIdle(corpus, 30);

        assertThat(RunningIngest.completeCheckpoints(corpus).min().orElseThrow())
                .isGreaterThan(newestOfFirst);
        assertThat(corpus.documentIds()).isEqualTo(TestCorpus.ids(0, 30));
    }

    @Test
    void aDamagedCheckpointIsPutAsideAndTheOneBeforeItTaken() throws Exception {
        TestCorpus corpus =
                new TestCorpus(folder).with("retainedCheckpoints", 5).file("a.jsonl", 0, 10);
        runUntilIdle(corpus, 10);
        long newest = RunningIngest.newestCheckpoint(corpus);
        Path metadata = RunningIngest.checkpoint(corpus, newest).resolve("_metadata");
        Files.write(metadata, new byte[] {1, 2, 3});

        corpus.file("b.jsonl", 0, 20);
        runUntil(corpus, 20);

        assertThat(corpus.documentIds()).isEqualTo(TestCorpus.ids(0, 20));
        assertThat(RunningIngest.checkpoints(corpus).resolve("aside-chk-" + newest))
                .exists();
    }

    @Test
    void aCheckpointOlderThanTheLogIsRefusedAndTheCorpusLeftAsItIs() throws Exception {
        TestCorpus corpus =
                new TestCorpus(folder).with("retainedCheckpoints", 100).file("a.jsonl", 0, 10);
        runUntil(corpus, 10);
        long first = RunningIngest.completeCheckpoints(corpus).min().orElseThrow();
        corpus.file("b.jsonl", 10, 20);
        runUntil(corpus, 20);
        List<LogEntry> before = corpus.log().readFrom(0);
        AlluviumConfig config = corpus.config(true, 1);
        IngestOptions old = new IngestOptions(Optional.of(Location.of(RunningIngest.checkpoint(corpus, first))), false);

        assertThatThrownBy(() -> IngestProcess.run(config, old, CommitProbe.NONE, new CompletableFuture<>()))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("older checkpoint " + first);
        assertThat(corpus.log().readFrom(0)).isEqualTo(before);
    }

    @Test
    void aFreshStartOnACorpusWithDocumentsIsRefusedUnlessItIsAskedFor() throws Exception {
        TestCorpus corpus = new TestCorpus(folder).file("a.jsonl", 0, 10);
        runUntil(corpus, 10);
        deleteTree(corpus.layout().flinkState());
        AlluviumConfig config = corpus.config(true, 1);

        assertThatThrownBy(() ->
                        IngestProcess.run(config, IngestOptions.DEFAULT, CommitProbe.NONE, new CompletableFuture<>()))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("--continue-corpus");
        try (RunningIngest running = RunningIngest.start(corpus, config, new IngestOptions(Optional.empty(), true))) {
            assertThat(running.awaitRows(20).stop()).isEqualTo(ExitCode.INTERRUPTED);
        }
    }

    @Test
    void aSecondProcessOnTheSameCorpusIsRefused() throws Exception {
        TestCorpus corpus = new TestCorpus(folder).file("a.jsonl", 0, 1);
        AlluviumConfig config = corpus.config(false, 1);
        try (ProcessLock held = ProcessLock.acquire(corpus.layout().create().lock(), "ingest")) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> IngestProcess.run(config, IngestOptions.DEFAULT))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("already at work");
        }
    }

    @Test
    void whatHappensIsReportedAsEvents() throws Exception {
        TestCorpus corpus = new TestCorpus(folder).file("a.jsonl", 0, 10);
        IngestProcess.run(corpus.config(false, 1), IngestOptions.DEFAULT);

        assertThat(EventReader.readAll(corpus.layout().events()))
                .extracting(Event::type)
                .containsSubsequence("start", "restore", "commit", "stop");
    }

    private static String lineage(TestCorpus corpus) {
        return corpus.log().read(0).lineage();
    }

    private static RunningIngest start(TestCorpus corpus) throws IOException {
        return RunningIngest.start(corpus, corpus.config(true, 1), IngestOptions.DEFAULT);
    }

    private static void runUntil(TestCorpus corpus, long rows) throws Exception {
        try (RunningIngest running = start(corpus)) {
            assertThat(running.awaitRows(rows).stop()).isEqualTo(ExitCode.INTERRUPTED);
        }
    }

    private static void runUntilIdle(TestCorpus corpus, long rows) throws Exception {
        try (RunningIngest running = start(corpus)) {
            running.awaitRows(rows).awaitIdleCheckpoints().stop();
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
