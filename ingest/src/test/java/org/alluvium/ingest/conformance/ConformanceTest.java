package org.alluvium.ingest.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.alluvium.ingest.file.FileRecordReader;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.Framers;
import org.alluvium.ingest.file.ReadProgress;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.RecordParser;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reader on the inputs of the conformance folder: what comes out is what was written down beside them, to the byte,
 * however the input is compressed, wherever it is cut into ranges, and wherever reading stops and goes on.
 */
class ConformanceTest {

    /** When every input was last changed. */
    static final long FILE_TIME = 1000;

    /** The longest record that is read. */
    private static final long MAX_RECORD_BYTES = 1024;

    /** Files with an index are cut at every so many bytes only: reading one takes its time, and it has few row groups. */
    private static final int INDEXED_STEP = 13;

    private static final String SOURCE = "wiki";

    static List<ConformanceCase> inputs() {
        return ConformanceCase.all();
    }

    static Stream<ConformanceCase> compressedInputs() {
        return inputs().stream().filter(ConformanceTest::isPlain).flatMap(ConformanceTest::compressions);
    }

    static Stream<ConformanceCase> inputsThatCanBeCut() {
        return inputs().stream()
                .filter(input -> FileRecordReader.canBeCut(input.name(), Framers.of(input.format())))
                .filter(input -> !isUnreadable(input));
    }

    /** Of a file that cannot be read at all, every range says so. */
    private static boolean isUnreadable(ConformanceCase input) {
        return input.expected().size() == 1
                && input.expected().get(0).path("reason").asText().equals(DeadLetterReason.FILE_DAMAGED.code());
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void everyRecordIsAsItMustBe(ConformanceCase input) throws IOException {
        assertThat(whole(input)).isEqualTo(input.expected());
    }

    @ParameterizedTest
    @MethodSource("compressedInputs")
    void compressionChangesNothing(ConformanceCase input) throws IOException {
        assertThat(whole(input)).isEqualTo(input.expected());
    }

    @ParameterizedTest
    @MethodSource("inputsThatCanBeCut")
    void whereverTheInputIsCutTheUnionIsTheSame(ConformanceCase input) throws IOException {
        int size = input.input().length;
        int step = Framers.of(input.format()) instanceof Framing.Indexed ? INDEXED_STEP : 1;
        for (int cut = 1; cut < size; cut += step) {
            List<JsonNode> union = new ArrayList<>(read(input, new Framing.Range(0, cut), Integer.MAX_VALUE));
            union.addAll(read(input, new Framing.Range(cut, size), Integer.MAX_VALUE));
            assertThat(union).as("cut at byte %s", cut).isEqualTo(input.expected());
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void readingGoesOnBehindAnyRecord(ConformanceCase input) throws IOException {
        assertThat(read(input, new Framing.Range(0, input.input().length), 1)).isEqualTo(input.expected());
    }

    private static List<JsonNode> whole(ConformanceCase input) throws IOException {
        return read(input, new Framing.Range(0, input.input().length), Integer.MAX_VALUE);
    }

    /** What a range yields if reading stops behind every so many records and a new reader goes on. */
    private static List<JsonNode> read(ConformanceCase input, Framing.Range range, int stopAfter) throws IOException {
        FileRef file = new FileRef(SOURCE, input.name(), input.input().length, FILE_TIME);
        FileRecordReader.Options options = new FileRecordReader.Options(
                new MemoryFiles(input.name(), input.input()), Framers.of(input.format()), false, MAX_RECORD_BYTES);
        RecordParser parser = RecordParser.of(Outcomes.source(SOURCE, input.format()));
        List<JsonNode> found = new ArrayList<>();
        ReadProgress progress = ReadProgress.START;
        while (progress.status() == ReadProgress.Status.OPEN) {
            try (FileRecordReader reader = new FileRecordReader(file, range, progress, options)) {
                int last = found.size() + Math.min(stopAfter, Integer.MAX_VALUE - found.size());
                while (!reader.isDone() && found.size() < last) {
                    reader.poll()
                            .map(record -> Outcomes.describe(record, parser.parse(record)))
                            .ifPresent(found::add);
                }
                progress = reader.progress();
            }
        }
        return found;
    }

    private static boolean isPlain(ConformanceCase input) {
        return Framers.of(input.format()) instanceof Framing.Streamed
                && input.input().length > 0
                && Stream.of(".gz", ".zst", ".bz2").noneMatch(input.name()::endsWith);
    }

    private static Stream<ConformanceCase> compressions(ConformanceCase input) {
        return Stream.of(
                input.with(input.name() + ".gz", compressed(input, GZIPOutputStream::new)),
                input.with(input.name() + ".zst", compressed(input, ZstdOutputStream::new)),
                input.with(input.name() + ".bz2", compressed(input, BZip2CompressorOutputStream::new)));
    }

    private interface Compressor {
        OutputStream compress(OutputStream out) throws IOException;
    }

    private static byte[] compressed(ConformanceCase input, Compressor compressor) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compressor.compress(bytes)) {
            out.write(input.input());
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toByteArray();
    }
}
