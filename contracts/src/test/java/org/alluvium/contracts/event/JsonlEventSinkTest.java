package org.alluvium.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class JsonlEventSinkTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Path FULL_DISK = Path.of("/dev/full");

    @TempDir
    Path dir;

    @Test
    void theFormatIsOneObjectALine() throws IOException {
        Path file = dir.resolve("events/train.jsonl");
        try (JsonlEventSink sink = open(file)) {
            sink.emit("step", Map.of("loss", 2.5));
            sink.emit("sample", Map.of("text", "a\nb \"ü\""));
            sink.emit("odd", Map.of("loss", Double.NaN));
        }
        assertThat(file).hasContent("""
                        {"time":"2026-01-02T03:04:05.678Z","type":"step","loss":2.5}
                        {"time":"2026-01-02T03:04:05.678Z","type":"sample","text":"a\\nb \\"ü\\""}
                        {"time":"2026-01-02T03:04:05.678Z","type":"odd","loss":"NaN"}
                        """);
    }

    @Test
    void eventsAreReadBackAsTheyWere() {
        Path file = dir.resolve("train.jsonl");
        try (JsonlEventSink sink = open(file)) {
            sink.emit("eval", Map.of("step", 3L, "ok", true, "list", List.of("a", Map.of("b", 1))));
        }
        List<Event> events = EventReader.readAll(file);

        assertThat(events)
                .containsExactly(new Event(
                        NOW, "eval", Map.of("step", 3, "ok", true, "list", List.of("a", Map.of("b", 1)))));
        assertThat(events.get(0).number("step", -1)).isEqualTo(3);
        assertThat(events.get(0).number("list", -1)).isEqualTo(-1);
        assertThat(events.get(0).text("ok")).isEqualTo("true");
        assertThat(events.get(0).text("none")).isEmpty();
    }

    @Test
    void aValueThatChangesAfterwardsIsWrittenAsItWas() {
        Path file = dir.resolve("train.jsonl");
        Map<String, Object> fields = new HashMap<>(Map.of("step", 1));
        try (JsonlEventSink sink = open(file)) {
            sink.emit("step", fields);
            fields.put("step", 2);
        }
        assertThat(EventReader.readAll(file).get(0).fields()).containsEntry("step", 1);
    }

    @Test
    void eventsOfManyThreadsAreAllThereAndWhole() throws Exception {
        Path file = dir.resolve("train.jsonl");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (JsonlEventSink sink = open(file)) {
            List<Future<?>> emitting = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int first = 1000 * thread;
                emitting.add(threads.submit(() -> {
                    for (int i = 0; i < 1000; i++) {
                        sink.emit("step", Map.of("n", first + i));
                    }
                }));
            }
            for (Future<?> future : emitting) {
                future.get();
            }
        }
        threads.shutdown();

        assertThat(EventReader.readAll(file).stream()
                        .map(event -> event.fields().get("n")))
                .hasSize(4000)
                .doesNotHaveDuplicates();
    }

    @Test
    void aTornLastLineIsNotReadAndCutOffWhenTheFileIsOpenedAgain() throws IOException {
        Path file = dir.resolve("train.jsonl");
        try (JsonlEventSink sink = open(file)) {
            sink.emit("step", Map.of("n", 1));
        }
        Files.writeString(file, "{\"time\":\"2026-01-0" + "x".repeat(100_000), StandardOpenOption.APPEND);
        assertThat(EventReader.readAll(file)).hasSize(1);

        try (JsonlEventSink sink = open(file)) {
            sink.emit("step", Map.of("n", 2));
        }
        assertThat(EventReader.readAll(file))
                .extracting(event -> event.fields().get("n"))
                .containsExactly(1, 2);
    }

    @Test
    void aFileThatIsOneTornLineBeginsAnew() throws IOException {
        Path file = Files.writeString(dir.resolve("train.jsonl"), "{\"time");
        try (JsonlEventSink sink = open(file)) {
            sink.emit("step", Map.of("n", 2));
        }
        assertThat(EventReader.readAll(file)).hasSize(1);
    }

    @Test
    void nothingCanBeEmittedOnceClosedNorWhatJsonDoesNotKnow() {
        JsonlEventSink sink = open(dir.resolve("train.jsonl"));
        assertThatThrownBy(() -> sink.emit("step", Map.of("x", new Object())))
                .isInstanceOf(IllegalArgumentException.class);
        sink.close();
        sink.close();

        assertThatThrownBy(() -> sink.emit("step", Map.of())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFileThatCannotBeOpenedIsNamed() throws IOException {
        Path file = Files.createDirectory(dir.resolve("train.jsonl"));

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString());
    }

    static boolean hasFullDisk() {
        return Files.isWritable(FULL_DISK);
    }

    @Test
    @EnabledIf("hasFullDisk")
    void aFullDiskNeitherStopsNorFailsTheCaller() {
        JsonlEventSink sink = open(FULL_DISK);
        for (int i = 0; i < 2 * JsonlEventSink.LONGEST_QUEUE; i++) {
            sink.emit("step", Map.of());
        }
        sink.close();

        assertThatThrownBy(() -> sink.emit("step", Map.of())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aReaderFollowsTheFileAsItGrows() throws IOException {
        Path file = dir.resolve("train.jsonl");
        EventReader reader = new EventReader(file, 0);
        assertThat(reader.poll()).isEmpty();

        Files.writeString(file, line(1) + line(2).substring(0, 10));
        assertThat(reader.poll()).extracting(event -> event.fields().get("n")).containsExactly(1);
        assertThat(reader.offset()).isEqualTo(line(1).length());
        Files.writeString(file, line(2).substring(10), StandardOpenOption.APPEND);
        assertThat(reader.poll()).extracting(event -> event.fields().get("n")).containsExactly(2);
        assertThat(reader.poll()).isEmpty();
    }

    @Test
    void aFileThatWasBegunAnewIsReadFromItsStart() throws IOException {
        Path file = Files.writeString(dir.resolve("train.jsonl"), line(1) + line(2));
        EventReader reader = new EventReader(file, 0);
        reader.poll();
        Files.writeString(file, line(3));

        assertThat(reader.poll()).extracting(event -> event.fields().get("n")).containsExactly(3);
    }

    @Test
    void theTailBeginsWithAWholeLine() throws IOException {
        Path file = Files.writeString(dir.resolve("train.jsonl"), line(1) + line(2) + line(3));

        assertThat(EventReader.tail(file, line(3).length()).poll()).hasSize(1);
        assertThat(EventReader.tail(file, line(3).length() + 3).poll()).hasSize(1);
        assertThat(EventReader.tail(file, 3).poll()).isEmpty();
        assertThat(EventReader.tail(file, 1 << 20).poll()).hasSize(3);
        assertThat(EventReader.tail(dir.resolve("none"), 5).poll()).isEmpty();
    }

    @Test
    void aLineThatIsNoEventIsNamedByItsPlace() throws IOException {
        Path file = Files.writeString(dir.resolve("train.jsonl"), line(1) + "not json\n");

        assertThatThrownBy(() -> EventReader.readAll(file))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(file + " at byte " + line(1).length() + ": the line is not an event");
    }

    private static String line(int n) {
        return "{\"time\":\"2026-01-02T03:04:05Z\",\"type\":\"step\",\"n\":" + n + "}\n";
    }

    private static JsonlEventSink open(Path file) {
        return new JsonlEventSink(file, InstantSource.fixed(NOW));
    }
}
