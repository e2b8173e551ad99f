package org.alluvium.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** However a job is killed, and whatever was under way when it was, it reads what one that never dies reads. */
class FilesSourceReplayTest {

    private static final int TRIES = 300;
    private static final int STEPS = 120;
    private static final int MAX_POLLS = 12;

    /** So few that most files are read in parts, of which some begin inside a line and some hold no beginning of one. */
    private static final int PART_BYTES = 5;

    private Path folder;
    private SimulatedJob job;
    private final List<String> expected = new ArrayList<>();
    private int files;

    @BeforeTry
    void begin() throws IOException {
        folder = Files.createTempDirectory("replay");
        expected.clear();
        files = 0;
        job = new SimulatedJob(FilesSource.of(
                List.of(SourceFixtures.folder("news", folder, true).withFiles(SourceFixtures.inParts(PART_BYTES))),
                SourceFixtures.ingest(Duration.ZERO)));
    }

    @AfterTry
    void end() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Property(tries = TRIES)
    void theSequenceIsTheSameHoweverOftenTheJobDies(@ForAll long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            if (random.nextInt(6) == 0) {
                createFile(random);
            } else {
                step(random);
            }
            assertThat(job.records())
                    .isEqualTo(expected.subList(0, job.records().size()));
        }
        job.drain();
        assertThat(job.records()).isEqualTo(expected);
    }

    @Property(tries = TRIES)
    void filesThatGrowAreReadOnceAndInTheirOwnOrder(@ForAll long seed) {
        Random random = new Random(seed);
        int[] lines = new int[3];
        for (int i = 0; i < STEPS; i++) {
            if (random.nextInt(6) == 0) {
                int file = random.nextInt(lines.length);
                int added = random.nextInt(4);
                append(file, "x\n".repeat(added));
                lines[file] += added;
            } else {
                step(random);
            }
        }
        job.drain();
        for (int file = 0; file < lines.length; file++) {
            String prefix = file + "@";
            List<String> all = new ArrayList<>();
            for (int line = 0; line < lines[file]; line++) {
                all.add(prefix + 2 * line);
            }
            assertThat(job.records().stream().filter(record -> record.startsWith(prefix)))
                    .containsExactlyElementsOf(all);
        }
    }

    private void step(Random random) {
        switch (random.nextInt(8)) {
            case 0 -> job.discover();
            case 1 -> job.deliverToEnumerator();
            case 2 -> job.deliverToReader();
            case 3, 4 -> poll(random);
            case 5 ->
                job.checkpoint(() -> {
                    poll(random);
                    if (random.nextBoolean()) {
                        job.deliverToEnumerator();
                    }
                    if (random.nextBoolean()) {
                        job.discover();
                    }
                });
            case 6 -> job.restartTask();
            default -> job.restartFromCheckpoint();
        }
    }

    private void poll(Random random) {
        for (int i = random.nextInt(MAX_POLLS); i > 0; i--) {
            job.poll();
        }
    }

    /** Creates a file behind all others, renamed into place as producers should. */
    private void createFile(Random random) {
        boolean gzip = random.nextBoolean();
        String name = String.format("%03d", files++) + (gzip ? ".gz" : ".jsonl");
        int lines = random.nextInt(8);
        for (int line = 0; line < lines; line++) {
            expected.add(name + "@" + 2 * line);
        }
        try {
            Path hidden = folder.resolve("." + name);
            Files.write(
                    hidden,
                    gzip ? gzip("x\n".repeat(lines)) : "x\n".repeat(lines).getBytes(StandardCharsets.UTF_8));
            Files.move(hidden, folder.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void append(int file, String lines) {
        try {
            Files.writeString(
                    folder.resolve(Integer.toString(file)),
                    lines,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
