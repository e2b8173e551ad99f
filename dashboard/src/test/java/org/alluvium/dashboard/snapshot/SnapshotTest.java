package org.alluvium.dashboard.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.dashboard.http.DashboardServer;
import org.alluvium.dashboard.http.RecordedRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an export of a recorded run consists of. */
class SnapshotTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOW = Instant.parse("2026-01-01T00:05:00Z");
    private static final String REASON = "gopher_quality.too_short";

    @TempDir
    private Path folder;

    private Path target;
    private Snapshot snapshot;

    @BeforeEach
    void record() throws IOException {
        RecordedRun recorded = RecordedRun.create(folder);
        target = folder.resolve("copy");
        snapshot = new Snapshot(
                new DashboardServer.Shown(Map.of("main", recorded.run()), Optional.of(recorded.corpus())),
                InstantSource.fixed(NOW),
                file -> new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyAnswerIsWhereTheIndexSaysAndOfTheTimeItWasTaken() throws Exception {
        write(false);
        JsonNode index = index();
        assertThat(index.path("taken").asText()).isEqualTo(NOW.toString());
        assertThat(index.path("sheets").properties())
                .hasSizeGreaterThan(100)
                .allSatisfy(each -> assertThat(sheet(each.getValue().asText()).has(each.getKey()))
                        .as(each.getKey())
                        .isTrue());
        assertThat(answer("overview?").path("step").path("step").asLong()).isEqualTo(RecordedRun.STEPS);
    }

    @Test
    void aLineHasEveryStepOfAShortRunWithTheAveragesThatKeysChoose() throws Exception {
        write(false);
        JsonNode loss = answer("points?axis=tokens&log=false&name=step/loss&run=main");
        assertThat(loss.path("x")).hasSize(RecordedRun.STEPS);
        assertThat(loss.path("max").path(149).asDouble()).isEqualTo(17.5);
        assertThat(loss.path("smooth").path("0.6")).hasSize(RecordedRun.STEPS);
        String table =
                index().path("tables").path("table?name=step/loss&run=main").asText();
        assertThat(target.resolve(table))
                .content()
                .startsWith("step,tokens,time,loss")
                .hasLineCount(241);
    }

    @Test
    void modelsHaveSaidWhatPagesBeginWith() throws Exception {
        write(false);
        String text = RecordedModels.TEXTS.getFirst();
        assertThat(answer("reading?run=main&step=120&text=" + text).path("tokens"))
                .isNotEmpty();
        assertThat(answer("attention/head?head=1&layer=0&run=main&step=240&text=" + text)
                        .path("weights"))
                .isNotEmpty();
        assertThat(answer("compare?a=120&b=240&run=main").path("tensors")).isNotEmpty();
    }

    @Test
    void documentsAreOnlyInItIfTheyAreWanted() throws Exception {
        write(false);
        assertThat(index().path("sheets").has("samples?reason=" + REASON)).isFalse();
        assertThat(everything()).doesNotContain("<script>");
        write(true);
        assertThat(index().path("sheets").has("samples?reason=" + REASON)).isTrue();
        assertThat(everything()).contains("<script>");
    }

    @Test
    void onlyAnEarlierExportIsReplaced() throws Exception {
        Files.createDirectories(target);
        CheckpointManifest first = write(false);
        assertThat(write(false).files()).hasSameSizeAs(first.files());
        Path foreign = Files.createDirectories(folder.resolve("thesis"));
        Files.writeString(foreign.resolve("chapter-1.md"), "It was a dark and stormy night.");
        assertThatThrownBy(() -> snapshot.write(foreign, false, stage -> {})).isInstanceOf(UnavailableException.class);
        assertThat(foreign.resolve("chapter-1.md")).exists();
    }

    @Test
    void withoutPagesNothingIsWritten() {
        Snapshot none = new Snapshot(
                new DashboardServer.Shown(Map.of("main", new RunLayout(folder.resolve("main"))), Optional.empty()),
                InstantSource.fixed(NOW),
                file -> null);
        assertThatThrownBy(() -> none.write(target, false, stage -> {})).hasMessageContaining("no pages");
        assertThat(target).doesNotExist();
    }

    private CheckpointManifest write(boolean texts) throws InterruptedException {
        return snapshot.write(target, texts, stage -> assertThat(stage).isNotBlank());
    }

    private JsonNode index() throws IOException {
        return script("index.js", "alluvium = ", ";");
    }

    private JsonNode answer(String question) throws IOException {
        String sheet = index().path("sheets").path(question).asText();
        return sheet(sheet).path(question).path("answer");
    }

    private JsonNode sheet(String name) {
        try {
            return script(name, "alluvium.tell(", ");");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode script(String name, String before, String after) throws IOException {
        String text = Files.readString(target.resolve("answers").resolve(name)).strip();
        assertThat(text).startsWith(before).endsWith(after);
        return JSON.readTree(text.substring(before.length(), text.length() - after.length()));
    }

    private String everything() throws IOException {
        try (Stream<Path> files = Files.list(target.resolve("answers"))) {
            return files.map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .collect(Collectors.joining());
        }
    }
}
