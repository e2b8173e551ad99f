package org.alluvium.ingest.reject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Judgement;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.text.ContentHasher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectFilesTest {

    @TempDir
    Path folder;

    static Reject reject(String text) {
        Document document = new Document(
                "id-1",
                "crawl",
                "a.jsonl@7",
                Optional.of("https://example.org/a"),
                text,
                1_700_000_000_000L,
                Optional.of("de"),
                Map.of("k", "v"));
        Judgement.Rejected judgement = new Judgement.Rejected(
                Subject.of(document),
                Map.of(),
                "gopher_quality",
                new Decision.Drop(
                        "gopher_short_doc",
                        "3 words",
                        List.of(Finding.atLeast("gopher_short_doc", 3, 50), Finding.atMost("hashes", 0.25, 0.1))));
        return Reject.of(ContentHasher.v1(text), judgement);
    }

    private static byte[] file(String name, List<Reject> rejects) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RejectOutput out = new RejectOutput(bytes, name)) {
            for (Reject reject : rejects) {
                out.write(reject);
            }
        }
        return bytes.toByteArray();
    }

    private static List<Reject> read(Path file, int records) {
        List<Reject> rejects = new ArrayList<>();
        RejectInput.read(file, records, rejects::add);
        return rejects;
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        List<Reject> rejects =
                List.of(reject("drei kurze Wörter 😀"), reject("x").bare());
        Path file = Files.write(folder.resolve("a.avro"), file("a.avro", rejects));

        assertThat(read(file, 2)).isEqualTo(rejects);
    }

    @Test
    void theSameRejectsUnderTheSameNameAreTheSameBytes() throws IOException {
        List<Reject> rejects = List.of(reject("one"), reject("two"));

        assertThat(file("a.avro", rejects)).isEqualTo(file("a.avro", rejects)).isNotEqualTo(file("b.avro", rejects));
    }

    @Test
    void theFirstFormatIsRead() throws URISyntaxException {
        Path golden =
                Path.of(RejectFilesTest.class.getResource("rejects-v1.avro").toURI());

        assertThat(read(golden, 2)).isEqualTo(List.of(reject("drei kurze Wörter 😀"), reject("two")));
    }

    @Test
    void aFileThatIsCutShortOrNotOneIsDamagedData() throws IOException {
        byte[] whole = file("a.avro", List.of(reject("one"), reject("two")));
        Path file = folder.resolve("a.avro");
        for (int length : new int[] {0, 3, 100, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read(file, 2))
                    .as("the first %d bytes", length)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("a.avro");
        }
    }

    @Test
    void aFileThatIsNotThereIsAStorageError() {
        assertThatThrownBy(() -> read(folder.resolve("a.avro"), 1)).isInstanceOf(StorageException.class);
    }

    @Test
    void aLongTextIsCutBetweenCharactersAndItsLengthIsKept() {
        String text = "x".repeat(Reject.EXCERPT_CHARS - 1) + "😀" + "y".repeat(10);

        Reject cut = reject(text);

        assertThat(cut.document().text()).isEqualTo("x".repeat(Reject.EXCERPT_CHARS - 1));
        assertThat(cut.length()).isEqualTo(Reject.EXCERPT_CHARS + 10L);
        assertThat(cut.isWhole()).isFalse();
        assertThat(reject("short").isWhole()).isTrue();
        assertThat(reject("short").bare().isWhole()).isFalse();
    }
}
