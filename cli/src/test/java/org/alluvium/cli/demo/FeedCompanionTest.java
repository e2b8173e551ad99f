package org.alluvium.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.alluvium.cli.status.RunMonitor;
import org.alluvium.contracts.event.JsonlEventSink;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedCompanionTest {

    private static final int DOCUMENTS = 1000;
    private static final int BACKLOG = 500;
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final DemoCorpus CORPUS = DemoCorpus.of(IntStream.range(0, DOCUMENTS)
            .mapToObj(i -> "title\t2001-01-01\tbody " + i + "\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    private RunMonitor monitor;
    private RunLayout run;
    private Feeder feeder;

    @BeforeEach
    void begin() {
        run = new RunLayout(folder.resolve("run"));
        monitor = new RunMonitor(new CorpusLayout(folder.resolve("corpus")), run);
        feeder = Feeder.resume(folder.resolve("inbox"), CORPUS);
    }

    private FeedCompanion companion(double documentsPerSecond) {
        return new FeedCompanion(feeder, DOCUMENTS, documentsPerSecond);
    }

    private void trainerIsBehindBy(long tokens) {
        try (JsonlEventSink events = new JsonlEventSink(run.create().events(), InstantSource.system())) {
            events.emit("step", Map.of("step", 1, "lagTokens", tokens));
        }
        monitor.poll();
    }

    @Test
    void aStreamBeginsWithABacklogAndThenKeepsItsPace() {
        FeedCompanion companion = companion(50);
        companion.tick(monitor, START);
        assertThat(feeder.published()).isEqualTo(BACKLOG);
        for (int half = 1; half <= 8; half++) {
            companion.tick(monitor, START.plusMillis(500L * half));
        }
        assertThat(feeder.published()).isEqualTo(BACKLOG + 200);
    }

    @Test
    void aStreamThatGoesOnHasNoSecondBacklog() {
        companion(50).tick(monitor, START);
        companion(50).tick(monitor, START.plusSeconds(60));
        assertThat(feeder.published()).isEqualTo(BACKLOG);
    }

    @Test
    void theStreamPausesWhileTheTrainerIsFarBehindAndMakesUpForNothing() {
        FeedCompanion companion = companion(50);
        companion.tick(monitor, START);
        trainerIsBehindBy(1_000_000);
        companion.tick(monitor, START.plusSeconds(5));
        assertThat(feeder.published()).isEqualTo(BACKLOG);
        assertThat(companion.describe()).contains("paused");
        trainerIsBehindBy(10_000);
        companion.tick(monitor, START.plusSeconds(6));
        assertThat(feeder.published()).isEqualTo(BACKLOG + 50);
    }

    @Test
    void theEndOfTheCorpusIsSaid() {
        FeedCompanion companion = companion(10_000);
        companion.tick(monitor, START);
        companion.tick(monitor, START.plusSeconds(1));
        assertThat(feeder.isDone()).isTrue();
        assertThat(companion.describe()).isEqualTo("the whole corpus is fed");
        assertThat(companion.tick(monitor, START.plusSeconds(100))).isEmpty();
    }
}
