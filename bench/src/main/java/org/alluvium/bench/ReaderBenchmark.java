package org.alluvium.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.ingest.file.FileRecordReader;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.FileStore;
import org.alluvium.ingest.file.Framers;
import org.alluvium.ingest.file.LocalFiles;
import org.alluvium.ingest.file.ReadProgress;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.record.Parsed;
import org.alluvium.ingest.record.ParsedDocument;
import org.alluvium.ingest.record.RecordParser;
import org.alluvium.ingest.text.Normalizer;

/**
 * Every reader of files alone, on one thread: from the files' bytes to normalized documents, in megabytes of text per second of
 * CPU time. All readers are given the same texts. The first round checks that all of them come out, and warms up; of the
 * others each is printed.
 *
 * <p>Run it with {@code bench/run.sh ReaderBenchmark europarl.lines.txt [megabytes]}.
 */
public final class ReaderBenchmark {

    private static final int ROUNDS = 4;
    private static final long MAX_RECORD_BYTES = 16 << 20;
    private static final int SHORTEST = 300; // what is shorter is hardly the main content of a page
    private static final double MEGA = 1e6;

    private final List<String> texts;
    private final long bytes;

    private ReaderBenchmark(List<String> texts) {
        this.texts = texts;
        this.bytes = texts.stream()
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /** Prints a row of a table for each reader. */
    public static void main(String[] args) throws IOException {
        long enough = (args.length > 1 ? Integer.parseInt(args[1]) : 8) * 1_000_000L;
        ReaderBenchmark benchmark = new ReaderBenchmark(plainTexts(Path.of(args[0]), enough));
        System.out.printf(
                "%,d documents, %.1f MB of text%n| reader | MB of files | MB of text per CPU-second, by round |%n|---|---|---|%n",
                benchmark.texts.size(), benchmark.bytes / MEGA);
        for (ReaderInputs.Input input : ReaderInputs.all()) {
            System.out.println(benchmark.measure(input));
        }
    }

    /** Bodies of the file without the characters that mean something in one format or another. */
    private static List<String> plainTexts(Path file, long enough) throws IOException {
        List<String> texts = new ArrayList<>();
        long bytes = 0;
        for (String body : DemoTexts.load(file, enough).texts()) {
            String text = body.replaceAll("[^\\p{L}\\p{N} .,;:?!]+", " ")
                    .replaceAll("^[^\\p{L}]+", "")
                    .replaceAll(" +", " ")
                    .strip();
            if (text.length() >= SHORTEST && bytes < enough) {
                texts.add(text);
                bytes += text.length();
            }
        }
        return texts;
    }

    private String measure(ReaderInputs.Input input) throws IOException {
        Path folder = Files.createTempDirectory("reader-benchmark");
        input.writer().write(texts, folder);
        SourceConfig source = SourceConfig.ofFolder("bench", Location.of(folder), input.format(), false);
        FileStore files = new LocalFiles(folder);
        List<FileRef> found = files.walk().files().stream()
                .map(entry -> new FileRef("bench", entry.path(), entry.sizeBytes(), entry.modifiedMillis()))
                .sorted(Comparator.comparing(FileRef::path))
                .toList();
        FileRecordReader.Options options =
                new FileRecordReader.Options(files, Framers.of(input.format()), false, MAX_RECORD_BYTES);
        List<String> rates = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double before = cpuSeconds();
            List<Parsed> parsed = read(found, options, RecordParser.of(source));
            double seconds = cpuSeconds() - before;
            if (round == 0) {
                check(input, parsed);
            } else {
                rates.add("%.0f".formatted(bytes / MEGA / seconds));
            }
        }
        double size = found.stream().mapToLong(FileRef::sizeBytes).sum() / MEGA;
        return "| %s | %.1f | %s |".formatted(input.name(), size, String.join(", ", rates));
    }

    private static List<Parsed> read(List<FileRef> files, FileRecordReader.Options options, RecordParser parser)
            throws IOException {
        List<Parsed> parsed = new ArrayList<>();
        for (FileRef file : files) {
            Framing.Range whole = new Framing.Range(0, file.sizeBytes());
            try (FileRecordReader reader = new FileRecordReader(file, whole, ReadProgress.START, options)) {
                while (!reader.isDone()) {
                    reader.poll().map(parser::parse).ifPresent(parsed::add);
                }
            }
        }
        return parsed;
    }

    private void check(ReaderInputs.Input input, List<Parsed> parsed) {
        if (parsed.size() != texts.size()) {
            throw new IllegalStateException("%s: %d texts went in and %d records came out"
                    .formatted(input.name(), texts.size(), parsed.size()));
        }
        for (int i = 0; i < parsed.size(); i++) {
            String expected = Normalizer.normalize(texts.get(i));
            Optional<String> text = textOf(parsed.get(i));
            boolean right = text.filter(found -> input.exact() ? found.equals(expected) : found.contains(expected))
                    .isPresent();
            if (!right) {
                throw new IllegalStateException(
                        "%s: of text %d came %s, not %s".formatted(input.name(), i, parsed.get(i), expected));
            }
        }
    }

    private static Optional<String> textOf(Parsed parsed) {
        return parsed instanceof ParsedDocument document
                ? Optional.of(document.document().text())
                : Optional.empty();
    }

    private static double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }
}
