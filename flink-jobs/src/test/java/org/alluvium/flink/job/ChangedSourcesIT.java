package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.alluvium.broker.Broker;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentAvro;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.log.Families;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.flink.sink.CommitProbe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources come, go and come back while a corpus grows; the job is the real one, stopped and restored in between. */
class ChangedSourcesIT {

    /** Slow enough that a reader stands in the middle of a file when the job stops. */
    private static final String SLOW = ", flow: {rateLimit: 100}";

    @TempDir
    Path folder;

    private TestCorpus corpus;

    @BeforeEach
    void createCorpus() throws IOException {
        corpus = new TestCorpus(folder);
        Files.createDirectories(folder.resolve("other"));
    }

    @Test
    void foldersComeAndGoAndComeBackWithOtherWeightsAndEveryDocumentIsThereOnce() throws Exception {
        corpus.file("a.jsonl", 0, 40);
        lines("other/b.jsonl", 100, 400);
        runUntil(40, source("test", "in", ""));

        runUntil(90, source("test", "in", ""), source("other", "other", SLOW));
        long read = corpus.rows().size();
        corpus.file("c.jsonl", 40, 60);
        assertThat(read).as("the removed source has unread positions").isLessThan(340);
        List<ShardRow> before = corpus.rows();
        AlluviumConfig weighted =
                config(List.of(source("test", "in", "")), "mixture.weights.sources=[{source: test, epochs: 2}]");
        try (RunningIngest running = RunningIngest.start(corpus, weighted, IngestOptions.DEFAULT)) {
            running.awaitRows(read + 20);
        }
        assertThat(corpus.documentIds())
                .hasSize((int) read + 20)
                .startsWith(before.stream().map(ShardRow::documentId).toArray(String[]::new));
        assertThat(before).allMatch(row -> row.repeat() == 1);
        assertThat(corpus.rows().subList((int) read, (int) read + 20)).allMatch(row -> row.repeat() == 2);
        runUntil(360, source("test", "in", ""), source("other", "other", ""));

        assertThat(sorted(corpus.documentIds())).isEqualTo(sorted(with(TestCorpus.ids(0, 60), 100, 400)));
        assertThat(corpus.funnel().read()).isEqualTo(360);
        assertThat(corpus.funnel().duplicates()).isZero();
    }

    @Test
    void aTopicIsAddedPausedAndReadOnAndItsRemovalRefused() throws Exception {
        corpus.file("a.jsonl", 0, 10);
        runUntil(10, source("test", "in", ""));
        try (Broker broker = Broker.start(folder.resolve("broker"));
                Topic topic = Topic.create(broker, "news", 2)) {
            String kafka = "{name: topic, format: avro, kafka: {brokers: \"" + broker.address() + "\", topics: [news]}";
            send(topic, 100, 150);
            runUntil(60, source("test", "in", ""), kafka + "}");
            send(topic, 150, 180);
            corpus.file("b.jsonl", 10, 30);
            runUntil(80, source("test", "in", ""), kafka + ", flow: {paused: true}}");
            assertThat(corpus.rows()).hasSize(80);
            assertThatThrownBy(() -> run(source("test", "in", "")))
                    .isInstanceOf(MismatchException.class)
                    .hasMessageContaining("flow.paused: true");
            runUntil(110, source("test", "in", ""), kafka + "}");
        }

        assertThat(sorted(corpus.documentIds())).isEqualTo(sorted(with(TestCorpus.ids(0, 30), 100, 180)));
        assertThat(corpus.funnel().read()).isEqualTo(110);
        assertThat(corpus.funnel().duplicates()).isZero();
    }

    @Test
    void otherRulesAreRefusedUntilAnotherFamilyIsNamedWhichGoesOnWhereTheOldOneStopped() throws Exception {
        corpus.file("a.jsonl", 0, 20);
        runUntil(20, source("test", "in", ""));
        corpus.file("b.jsonl", 10, 40);
        List<String> sources = List.of(source("test", "in", ""));
        AlluviumConfig changed = config(sources, "dedup.url.enabled=true", "tokenizer.addEos=true");
        long entries = corpus.log().lastSequence().orElseThrow();

        assertThatThrownBy(() -> run(changed))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("differ in tokenizer.addEos, dedup.url.")
                .hasMessageContaining("corpus.family");
        assertThat(corpus.log().lastSequence()).hasValue(entries);

        AlluviumConfig family = config(sources, "tokenizer.addEos=true", "corpus.family=b");
        try (RunningIngest running = RunningIngest.start(corpus, family, IngestOptions.DEFAULT)) {
            running.awaitRows(40);
        }
        assertThat(corpus.documentIds()).isEqualTo(TestCorpus.ids(0, 40));
        assertThat(corpus.funnel().duplicates()).isEqualTo(10);
        assertThat(corpus.log().readFrom(0).stream()
                        .filter(LogEntry.Commit.class::isInstance)
                        .map(entry -> Families.of(corpus.log(), entry))
                        .distinct())
                .containsExactly("main", "b");
    }

    @Test
    void aSourceThatIsAddedAfterAllWereReadIsRefused() throws Exception {
        corpus.file("a.jsonl", 0, 10);
        IngestProcess.run(corpus.config(false, 1), IngestOptions.DEFAULT);
        AlluviumConfig more =
                config(List.of("{name: test, path: in, follow: false}", "{name: other, path: other, follow: false}"));

        assertThatThrownBy(() -> run(more))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("[other]")
                .hasMessageContaining("--continue-corpus");
    }

    private static String source(String name, String path, String more) {
        return "{name: " + name + ", path: " + path + ", follow: true" + more + "}";
    }

    private AlluviumConfig config(List<String> sources, String... overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: {dir: corpus}
                sources: [%s]
                ingest: {checkpointInterval: 200ms, discoveryInterval: 50ms}
                """.formatted(String.join(", ", sources)));
        return ConfigLoader.load(file, List.of(overrides));
    }

    private void runUntil(long rows, String... sources) throws Exception {
        AlluviumConfig config = config(List.of(sources));
        try (RunningIngest running = RunningIngest.start(corpus, config, IngestOptions.DEFAULT)) {
            assertThat(running.awaitRows(rows).stop()).isEqualTo(ExitCode.INTERRUPTED);
        }
    }

    private void run(String... sources) throws IOException {
        run(config(List.of(sources)));
    }

    private static void run(AlluviumConfig config) {
        IngestProcess.run(config, IngestOptions.DEFAULT, CommitProbe.NONE, new CompletableFuture<>());
    }

    private void lines(String name, int from, int to) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("{\"id\":\"d" + i + "\",\"text\":\"document number " + i + "\"}\n");
        }
        Files.writeString(folder.resolve(name), lines);
    }

    private static void send(Topic topic, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            topic.send(
                    null,
                    DocumentAvro.encode(new Document(
                            "d" + i,
                            "producer",
                            "",
                            Optional.empty(),
                            "document number " + i,
                            i,
                            Optional.empty(),
                            Map.of())));
        }
        topic.flush();
    }

    private static List<String> with(List<String> ids, int from, int to) {
        List<String> all = new ArrayList<>(ids);
        all.addAll(TestCorpus.ids(from, to));
        return all;
    }

    private static List<String> sorted(List<String> ids) {
        return ids.stream().sorted().toList();
    }
}
