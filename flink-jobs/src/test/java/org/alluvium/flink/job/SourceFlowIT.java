package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.event.EventReader;
import org.alluvium.contracts.log.LogEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of two sources one has a limit or brings mostly what is refused; the other is not to notice. */
class SourceFlowIT {

    private static final int PER_SECOND = 5;
    private static final int WINDOW = 100;
    private static final int DOCUMENTS = 2_000;

    @TempDir
    Path folder;

    @Test
    void aLimitedSourceBringsNoMoreThanItMayAndHoldsNoOtherUp() throws Exception {
        TestCorpus corpus = corpus("{\"deleted\":true,\"id\":\"x\"}\n".repeat(100 * DOCUMENTS));

        try (RunningIngest running = start(corpus, "rateLimit: " + PER_SECOND)) {
            running.awaitRead("odd", 1)
                    .awaitRead("good", DOCUMENTS)
                    .awaitRead("odd", 1 + PER_SECOND)
                    .stop();
        }

        Instant began = events(corpus, "start").get(0).time();
        long limited = 0;
        for (LogEntry.Commit commit : corpus.commits()) {
            limited += TestCorpus.recordsOf("odd", commit);
            assertThat(limited).isLessThanOrEqualTo(allowed(Duration.between(began, commit.createdAt())));
        }
        assertThat(corpus.documentIds()).isEqualTo(TestCorpus.ids(0, DOCUMENTS));
    }

    @Test
    void aSourceOfWhichTooMuchIsRefusedIsPausedAloneWithAnAlertAndNoRestart() throws Exception {
        TestCorpus corpus = corpus("no JSON\n".repeat(3 * WINDOW));

        try (RunningIngest running =
                start(corpus, "failureWindow: %d, onFailures: pause, pauseFor: 1h".formatted(WINDOW))) {
            running.awaitRows(DOCUMENTS).awaitEvent("task").stop();
        }

        assertThat(events(corpus, "task").stream().flatMap(task -> stages(task).stream()))
                .contains("read", "judge", "dedup", "tokenize", "write", "commit");
        assertThat(events(corpus, "task"))
                .allSatisfy(task -> assertThat(task.fields())
                        .containsKeys("busyMillis", "backPressuredMillis", "idleMillis", "recordsPerSecond"));
        assertThat(corpus.documentIds()).isEqualTo(TestCorpus.ids(0, DOCUMENTS));
        assertThat(corpus.funnel().rejected()).isEqualTo(Map.of("not_json", (long) WINDOW));
        assertThat(events(corpus, "alert")).singleElement().satisfies(alert -> {
            assertThat(alert.text("source")).isEqualTo("odd");
            assertThat(alert.number("share", 0)).isEqualTo(1);
            assertThat(alert.text("action")).isEqualTo("pause");
        });
        assertThat(events(corpus, "restart")).isEmpty();
    }

    /** The bucket of so small a rate holds one record, and is full at the beginning. */
    private static long allowed(Duration since) {
        return 1 + PER_SECOND * since.toMillis() / 1000;
    }

    private static List<Event> events(TestCorpus corpus, String type) {
        return EventReader.readAll(corpus.layout().events()).stream()
                .filter(event -> event.type().equals(type))
                .toList();
    }

    private static List<Object> stages(Event task) {
        return List.copyOf((List<?>) task.fields().get("stages"));
    }

    /** A good source, and an odd one that brings this. */
    private TestCorpus corpus(String odd) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("odd")).resolve("a.jsonl"), odd);
        return new TestCorpus(folder).file("z.jsonl", 0, DOCUMENTS);
    }

    private RunningIngest start(TestCorpus corpus, String flowOfTheOdd) throws IOException {
        Path file = Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: {dir: corpus}
                sources:
                  - {name: odd, path: odd, flow: {%s}}
                  - {name: good, path: in}
                ingest: {checkpointInterval: 200ms, discoveryInterval: 50ms}
                """.formatted(flowOfTheOdd));
        AlluviumConfig config = ConfigLoader.load(file, List.of());
        return RunningIngest.start(corpus, config, IngestOptions.DEFAULT);
    }
}
