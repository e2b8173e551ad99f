package org.alluvium.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Something to read for the examples of {@link SourcesPage} that read folders. */
final class SourceSamples {

    private SourceSamples() {}

    /** What the page's example reads, and how many documents it makes of it. */
    record Sample(String heading, String source, long documents, Layout layout) {}

    /** Lays files out under the folder that the paths of the examples are relative to. */
    @FunctionalInterface
    interface Layout {

        void in(Path root) throws IOException;
    }

    static List<Sample> ofFolders() {
        return List.of(
                new Sample("JSON lines", "notes", 3, SourceSamples::jsonLines),
                new Sample("JSON lines with other names", "articles", 1, SourceSamples::otherNames));
    }

    /** Writes everything that the samples read. */
    static void layOut(List<Sample> samples, Path root) {
        try {
            for (Sample sample : samples) {
                sample.layout().in(root);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void jsonLines(Path root) throws IOException {
        write(root, "input/notes/a.jsonl", "{\"id\": \"n-1\", \"text\": \"The river carries silt.\"}\n");
        write(root, "input/notes/b.jsonl.gz", gzip("{\"text\": \"The sea takes it.\"}\n{\"text\": \"It sinks.\"}\n"));
    }

    private static void otherNames(Path root) throws IOException {
        write(
                root,
                "input/articles/day/part-0.jsonl",
                "{\"uuid\": \"a-1\", \"body\": \"Der Fluss.\", \"published\": \"2026-11-22T06:00:00Z\", \"lang\": \"de\"}\n");
        write(root, "input/articles/day/_SUCCESS", "");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void write(Path root, String name, String text) throws IOException {
        write(root, name, text.getBytes(UTF_8));
    }

    private static void write(Path root, String name, byte[] bytes) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
