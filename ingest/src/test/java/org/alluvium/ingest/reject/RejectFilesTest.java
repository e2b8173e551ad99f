package org.alluvium.ingest.reject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Judgement;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.stored.RecordFiles;
import org.alluvium.ingest.stored.RecordSink;
import org.alluvium.ingest.text.ContentHasher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectFilesTest implements RecordFiles<Reject> {

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

    @Override
    public RecordSink<Reject> begin(OutputStream out, String name) throws IOException {
        return new RejectOutput(out, name);
    }

    @Override
    public List<Reject> two() {
        return List.of(reject("one"), reject("two"));
    }

    @Override
    public List<Reject> read(Path file, int records) {
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
    void theFirstFormatIsRead() throws URISyntaxException {
        Path golden =
                Path.of(RejectFilesTest.class.getResource("rejects-v1.avro").toURI());

        assertThat(read(golden, 2)).isEqualTo(List.of(reject("drei kurze Wörter 😀"), reject("two")));
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
