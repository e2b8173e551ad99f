package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.event.EventReader;
import org.alluvium.contracts.log.LogEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source with a limit keeps to it, and no other source with it. */
class RateLimitIT {

    private static final int PER_SECOND = 5;
    private static final int DOCUMENTS = 2_000;

    @TempDir
    Path folder;

    @Test
    void aLimitedSourceBringsNoMoreThanItMayAndHoldsNoOtherUp() throws Exception {
        TestCorpus corpus = new TestCorpus(folder).file("z.jsonl", 0, DOCUMENTS);
        Files.createDirectory(folder.resolve("slow"));
        Files.writeString(folder.resolve("slow/a.jsonl"), "{\"deleted\":true,\"id\":\"x\"}\n".repeat(100 * DOCUMENTS));

        try (RunningIngest running = RunningIngest.start(corpus, config(), IngestOptions.DEFAULT)) {
            running.awaitRead("slow", 1)
                    .awaitRead("fast", DOCUMENTS)
                    .awaitRead("slow", 1 + PER_SECOND)
                    .stop();
        }

        Instant began = began(corpus);
        long slow = 0;
        for (LogEntry.Commit commit : corpus.commits()) {
            slow += TestCorpus.recordsOf("slow", commit);
            assertThat(slow).isLessThanOrEqualTo(allowed(Duration.between(began, commit.createdAt())));
        }
        assertThat(corpus.documentIds()).isEqualTo(TestCorpus.ids(0, DOCUMENTS));
    }

    /** The bucket of so small a rate holds one record, and is full at the beginning. */
    private static long allowed(Duration since) {
        return 1 + PER_SECOND * since.toMillis() / 1000;
    }

    private static Instant began(TestCorpus corpus) {
        return EventReader.readAll(corpus.layout().events()).stream()
                .filter(event -> event.type().equals("start"))
                .map(Event::time)
                .findFirst()
                .orElseThrow();
    }

    private AlluviumConfig config() throws IOException {
        Path file = Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: {dir: corpus}
                sources:
                  - {name: slow, path: slow, flow: {rateLimit: %d}}
                  - {name: fast, path: in}
                ingest: {checkpointInterval: 200ms, discoveryInterval: 50ms}
                """.formatted(PER_SECOND));
        return ConfigLoader.load(file, List.of());
    }
}
