package org.alluvium.ingest.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.stored.RecordFiles;
import org.alluvium.ingest.stored.RecordSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterFilesTest implements RecordFiles<DeadLetter> {

    @TempDir
    Path folder;

    @Override
    public RecordSink<DeadLetter> begin(OutputStream out, String name) throws IOException {
        return new DeadLetterOutput(out, name);
    }

    @Override
    public List<DeadLetter> two() {
        return List.of(Letters.of(random(100_000)), Letters.of("two"));
    }

    @Override
    public List<DeadLetter> read(Path file, int records) {
        List<DeadLetter> letters = new ArrayList<>();
        DeadLetterInput.read(file, records, Letters.REFUSED_AT, (number, letter) -> {
            assertThat(number).isEqualTo(letters.size() + 1L);
            letters.add(letter);
        });
        return letters;
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new SplittableRandom(7).nextBytes(random);
        return random;
    }

    @Test
    void everyByteOfARecordComesBackHoweverLongItIs() throws IOException {
        List<DeadLetter> letters =
                List.of(Letters.of(""), Letters.of(random(3 << 20)), Letters.ofFile(), Letters.of("übrig"));
        Path file = Files.write(folder.resolve("a.avro"), file("a.avro", letters));

        assertThat(read(file, 4))
                .extracting(DeadLetter::bytes)
                .containsExactlyElementsOf(
                        letters.stream().map(DeadLetter::bytes).toList());
        assertThat(read(file, 4)).extracting(DeadLetter::isWhole).containsExactly(true, true, false, true);
    }

    @Test
    void theFileOfTheFirstReleaseIsRead() throws IOException, URISyntaxException {
        Path golden = Path.of(
                DeadLetterFilesTest.class.getResource("dead-letters-v1.avro").toURI());
        assertThat(read(golden, 3))
                .usingRecursiveComparison()
                .isEqualTo(List.of(
                        Letters.of("{\"text\": 17}"), Letters.of(new byte[] {(byte) 0xFF, 0}), Letters.ofFile()));
    }

    @Test
    void gzippedLinesOfVersionOneAreStillRead() throws IOException {
        Path file = folder.resolve("old.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(("{\"version\":1,\"source\":\"news\",\"origin\":\"a.jsonl#7\",\"reason\":\"not_json\","
                            + "\"detail\":\"no\",\"excerpt\":\"x\"}\n")
                    .repeat(2)
                    .getBytes(UTF_8));
        }
        assertThat(read(file, 2)).hasSize(2).allSatisfy(letter -> {
            assertThat(letter.origin()).isEqualTo("a.jsonl#7");
            assertThat(letter.timeMillis()).isEqualTo(Letters.REFUSED_AT.toEpochMilli());
        });
    }
}
