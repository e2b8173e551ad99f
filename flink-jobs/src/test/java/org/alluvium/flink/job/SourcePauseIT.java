package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.event.EventReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source of which too much is refused rests alone, and says so. */
class SourcePauseIT {

    private static final int WINDOW = 100;
    private static final int DOCUMENTS = 50;

    @TempDir
    Path folder;

    @Test
    void aSourceOfWhichTooMuchIsRefusedIsPausedAloneWithAnAlertAndNoRestart() throws Exception {
        TestCorpus corpus = new TestCorpus(folder).file("b.jsonl", 0, DOCUMENTS);
        Files.createDirectory(folder.resolve("poison"));
        Files.writeString(folder.resolve("poison/a.jsonl"), "no JSON\n".repeat(3 * WINDOW));

        try (RunningIngest running = RunningIngest.start(corpus, config(), IngestOptions.DEFAULT)) {
            running.awaitRows(DOCUMENTS).stop();
        }

        assertThat(corpus.documentIds()).isEqualTo(TestCorpus.ids(0, DOCUMENTS));
        assertThat(corpus.funnel().rejected()).isEqualTo(Map.of("not_json", (long) WINDOW));
        assertThat(events("alert")).singleElement().satisfies(alert -> {
            assertThat(alert.text("source")).isEqualTo("poison");
            assertThat(alert.number("share", 0)).isEqualTo(1);
            assertThat(alert.text("action")).isEqualTo("pause");
        });
        assertThat(events("restart")).isEmpty();
    }

    private List<Event> events(String type) {
        return EventReader.readAll(folder.resolve("corpus/events/ingest.jsonl")).stream()
                .filter(event -> event.type().equals(type))
                .toList();
    }

    private AlluviumConfig config() throws IOException {
        Path file = Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: {dir: corpus}
                sources:
                  - name: poison
                    path: poison
                    flow: {failureWindow: %d, onFailures: pause, pauseFor: 1h}
                  - {name: good, path: in}
                ingest: {checkpointInterval: 200ms, discoveryInterval: 50ms}
                """.formatted(WINDOW));
        return ConfigLoader.load(file, List.of());
    }
}
