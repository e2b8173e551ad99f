package org.alluvium.ingest.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.frame.LineFraming;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.Parsed;
import org.alluvium.ingest.record.ParsedDocument;
import org.alluvium.ingest.record.RecordParser;
import org.alluvium.ingest.record.SourceRecord;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Whatever is in a file: records read = documents + dead letters, and what is good is a document. */
class BadInputTest {

    private static final int MAX_LINE_BYTES = 1024;
    private static final int TRIES = 200;
    private static final Path NOWHERE = Path.of("unused");

    private final RecordParser parser =
            RecordParser.of(SourceConfig.ofFolder("news", Location.of(NOWHERE), SourceConfig.Format.JSONL, true));

    private Path folder;

    @BeforeProperty
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("bad-input");
    }

    @AfterProperty
    void removeFolder() throws IOException {
        for (Compression compression : Compression.values()) {
            Files.deleteIfExists(folder.resolve(name(compression)));
        }
        Files.delete(folder);
    }

    /** One line without its line feed; {@code text} is there if it is a document. */
    @SuppressWarnings("ArrayRecordComponent") // written to files, never compared
    record InputLine(byte[] bytes, Optional<String> text) {}

    @Provide
    Arbitrary<List<InputLine>> lines() {
        Arbitrary<InputLine> good = Arbitraries.strings()
                .alpha()
                .ofMinLength(1)
                .ofMaxLength(100)
                .map(text -> new InputLine(("{\"text\":\"" + text + "\"}").getBytes(UTF_8), Optional.of(text)));
        Arbitrary<InputLine> tooLong = Arbitraries.integers()
                .between(MAX_LINE_BYTES + 1, 200_000)
                .map(length -> bad("x".repeat(length).getBytes(UTF_8)));
        Arbitrary<InputLine> bytes = Arbitraries.bytes()
                .filter(value -> value != '\n')
                .array(byte[].class)
                .ofMaxSize(40)
                .map(BadInputTest::bad);
        Arbitrary<InputLine> almost = Arbitraries.of(
                        "",
                        "{\"text\":\"\"}",
                        "{\"text\":17}",
                        "{\"text\":\"a\\u0000\"}",
                        "{\"text\":\"\\ud800\"}",
                        "{\"text\":\"a\",\"date\":\"?\"}",
                        "[]")
                .map(line -> bad(line.getBytes(UTF_8)));
        return Arbitraries.oneOf(good, good, tooLong, bytes, almost).list().ofMaxSize(30);
    }

    private static InputLine bad(byte[] bytes) {
        return new InputLine(bytes, Optional.empty());
    }

    @Property(tries = TRIES)
    void goodLinesAreDocumentsAndAllOthersDeadLetters(
            @ForAll("lines") List<InputLine> lines, @ForAll Compression compression) throws IOException {
        List<Parsed> parsed = parse(compression, compress(compression, content(lines)));
        assertThat(parsed).hasSameSizeAs(lines);
        assertThat(texts(parsed))
                .isEqualTo(lines.stream().flatMap(line -> line.text().stream()).toList());
    }

    @Property(tries = TRIES)
    void aCutFileGivesThePrefixThatIsThereAndAtMostOneDeadLetterMore(
            @ForAll("lines") List<InputLine> lines,
            @ForAll Compression compression,
            @ForAll @IntRange(max = 1_000_000) int where)
            throws IOException {
        byte[] whole = compress(compression, content(lines));
        byte[] cut = Arrays.copyOf(whole, where % (whole.length + 1));
        List<String> all = texts(parse(compression, whole));
        List<Parsed> parsed = parse(compression, cut);
        List<String> texts = texts(parsed);
        assertThat(texts).isEqualTo(all.subList(0, texts.size()));
        if (compression != Compression.NONE && cut.length < whole.length) {
            assertThat(((DeadLetter) parsed.get(parsed.size() - 1)).reason()).isEqualTo(DeadLetterReason.FILE_DAMAGED);
        }
    }

    @Provide
    Arbitrary<Compression> compressed() {
        return Arbitraries.of(Compression.class).filter(compression -> compression != Compression.NONE);
    }

    @Property(tries = TRIES)
    void aFlippedByteNeverGoesUnnoticedInACompressedFile(
            @ForAll("lines") List<InputLine> lines,
            @ForAll("compressed") Compression compression,
            @ForAll @IntRange(max = 1_000_000) int where,
            @ForAll @IntRange(min = 1, max = 255) int mask)
            throws IOException {
        byte[] bytes = compress(compression, content(lines));
        List<String> undamaged = texts(parse(compression, bytes));
        bytes[where % bytes.length] ^= (byte) mask;
        List<Parsed> parsed = parse(compression, bytes);
        boolean noticed = !parsed.isEmpty()
                && parsed.get(parsed.size() - 1) instanceof DeadLetter last
                && last.reason() == DeadLetterReason.FILE_DAMAGED;
        // Some bytes of a header mean nothing to anybody.
        assertThat(noticed || texts(parsed).equals(undamaged)).isTrue();
    }

    private static byte[] content(List<InputLine> lines) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (InputLine line : lines) {
            content.writeBytes(line.bytes());
            content.write('\n');
        }
        return content.toByteArray();
    }

    private static byte[] compress(Compression compression, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        switch (compression) {
            case NONE -> bytes.writeBytes(content);
            case GZIP -> {
                try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                    out.write(content);
                }
            }
            case ZSTD -> {
                try (ZstdOutputStream out = new ZstdOutputStream(bytes)) {
                    out.setChecksum(true);
                    out.write(content);
                }
            }
            case BZIP2 -> {
                try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(bytes)) {
                    out.write(content);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static String name(Compression compression) {
        return switch (compression) {
            case NONE -> "a.jsonl";
            case GZIP -> "a.jsonl.gz";
            case ZSTD -> "a.jsonl.zst";
            case BZIP2 -> "a.jsonl.bz2";
        };
    }

    /** Reads and parses a file, checking that a record begins where the one before ended and that each has one result. */
    private List<Parsed> parse(Compression compression, byte[] bytes) throws IOException {
        String name = name(compression);
        Files.write(folder.resolve(name), bytes);
        FileRef file = new FileRef("news", name, bytes.length, 1000);
        List<Parsed> parsed = new ArrayList<>();
        try (FileRecordReader reader = new FileRecordReader(
                file,
                new Framing.Range(0, bytes.length),
                ReadProgress.START,
                new FileRecordReader.Options(new LocalFiles(folder), new LineFraming(), false, MAX_LINE_BYTES))) {
            while (!reader.isDone()) {
                long begin = reader.offset();
                Optional<SourceRecord> record = reader.poll();
                if (record.isPresent()) {
                    parsed.add(parser.parse(record.get()));
                    assertThat(record.get().origin()).isEqualTo(new Origin(name, Origin.Unit.BYTE, begin).toString());
                }
            }
        }
        return parsed;
    }

    private static List<String> texts(List<Parsed> parsed) {
        List<String> texts = new ArrayList<>();
        for (Parsed result : parsed) {
            if (result instanceof ParsedDocument document) {
                texts.add(document.document().text());
            }
        }
        return texts;
    }
}
