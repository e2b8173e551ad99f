package org.alluvium.ingest.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.ingest.file.FileFixtures.ReadBack;
import org.alluvium.ingest.file.FileRecordReader.Options;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.frame.LineFraming;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ranges of a file together hold what the file holds, wherever it is cut and wherever reading stops. */
class FileRangesTest {

    private static final String NAME = "a.jsonl";
    private static final String CONTENT = "one\n\nthr\u00e9e\nfar too long a line\n\u00ff\nfive";
    private static final long MAX_BYTES = 8;

    @TempDir
    Path folder;

    private Options options;
    private FileRef file;

    @BeforeEach
    void write() throws IOException {
        Files.write(folder.resolve(NAME), CONTENT.getBytes(UTF_8));
        file = FileFixtures.ref(folder, NAME);
        options = new Options(new LocalFiles(folder), new LineFraming(), false, MAX_BYTES);
    }

    /** Reads a range, stopping behind every record as a checkpoint and a failure may. */
    private List<String> read(long start, long end) {
        Framing.Range range = new Framing.Range(start, end);
        List<String> records = new ArrayList<>();
        ReadProgress progress = ReadProgress.START;
        while (progress.status() == ReadProgress.Status.OPEN) {
            ReadBack one = FileFixtures.readUpTo(1, file, range, progress, options);
            records.addAll(one.records());
            progress = one.progress();
        }
        return records;
    }

    @Test
    void whereverTheFileIsCutTheUnionIsTheSame() {
        long size = file.sizeBytes();
        List<String> whole = read(0, size);
        assertThat(whole).hasSize(6).endsWith(NAME + "@" + (size - 4) + "=five");
        for (long first = 1; first < size; first++) {
            for (long second = first + 1; second <= size; second++) {
                List<String> union = new ArrayList<>(read(0, first));
                union.addAll(read(first, second));
                if (second < size) {
                    union.addAll(read(second, size));
                }
                assertThat(union).as("cut at %d and %d", first, second).isEqualTo(whole);
            }
        }
    }
}
