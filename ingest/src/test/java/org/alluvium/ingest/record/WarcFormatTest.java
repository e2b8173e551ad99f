package org.alluvium.ingest.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.alluvium.ingest.warc.WarcFixtures.join;
import static org.alluvium.ingest.warc.WarcFixtures.page;
import static org.alluvium.ingest.warc.WarcFixtures.record;
import static org.alluvium.ingest.warc.WarcFixtures.response;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.document.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarcFormatTest {

    private static final String HTML = "<html lang=de><title>Schlick</title>"
            + "<meta property=article:published_time content=2020-01-02><body><nav>Start</nav><p>Der Fluss tr\u00e4gt Sand.";

    private static Parsed parse(SourceConfig.Format format, byte[] record) {
        SourceConfig source = SourceConfig.ofFolder("crawl", Location.of(Path.of("in")), format, false);
        return RecordParser.of(source).parse(SourceRecord.Content.of("crawl", "a.warc.gz@0", 1, record));
    }

    private static Document document(byte[] record) {
        return ((ParsedDocument) parse(SourceConfig.Format.WARC, record)).document();
    }

    @Test
    void aPageThatAServerSentIsADocument() {
        Document document = document(page(HTML));
        assertThat(document.text()).isEqualTo("Der Fluss tr\u00e4gt Sand.");
        assertThat(document.url()).contains("https://plain.example/silt");
        assertThat(document.eventTimeMillis())
                .isEqualTo(Instant.parse("2020-01-02T00:00:00Z").toEpochMilli());
        assertThat(document.language()).contains("de");
        assertThat(document.attributes()).isEqualTo(Map.of("title", "Schlick", "fetched", "2024-05-06T07:08:09Z"));
    }

    @Test
    void aPageThatDoesNotSayWhenItWasPublishedIsAsOldAsItsRecord() {
        assertThat(document(page("<p>Der Fluss")).eventTimeMillis())
                .isEqualTo(Instant.parse("2024-05-06T07:08:09Z").toEpochMilli());
    }

    @Test
    void theServersEncodingIsUsed() {
        byte[] body = HTML.getBytes(Charset.forName("windows-1252"));
        assertThat(document(response("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1", body))
                        .text())
                .isEqualTo("Der Fluss tr\u00e4gt Sand.");
    }

    @Test
    void plainTextIsTakenAsItIs() {
        assertThat(document(response("HTTP/1.1 200 OK\r\nContent-Type: text/plain", "a < b\n".getBytes(UTF_8)))
                        .text())
                .isEqualTo("a < b");
        assertThat(document(record("resource", "text/plain", "a < b".getBytes(UTF_8)))
                        .text())
                .isEqualTo("a < b");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 301 Moved, text/html, REDIRECT",
        "HTTP/1.1 404 Not Found, text/html, HTTP_ERROR",
        "HTTP/1.1 500 No, text/html, HTTP_ERROR",
        "HTTP/1.1 200 OK, image/png, NOT_TEXT",
        "HTTP/1.1 200 OK, '', NOT_TEXT",
    })
    void whatIsNoTextIsSkipped(String status, String type, SkipReason reason) {
        assertThat(parse(
                        SourceConfig.Format.WARC, response(status + "\r\nContent-Type: " + type, HTML.getBytes(UTF_8))))
                .isEqualTo(new Skipped(reason));
    }

    @Test
    void pagesThatShowNothingAreSkipped() {
        assertThat(parse(SourceConfig.Format.WARC, page("<div id=app></div><script>start()</script>")))
                .isEqualTo(new Skipped(SkipReason.NO_TEXT));
        assertThat(parse(SourceConfig.Format.WARC, page("<meta http-equiv=refresh content='0;url=/x'>")))
                .isEqualTo(new Skipped(SkipReason.REDIRECT));
    }

    @ParameterizedTest
    @CsvSource({
        "warcinfo, application/warc-fields",
        "request, application/http",
        "metadata, text/plain",
        "revisit, application/http"
    })
    void whatDescribesOtherRecordsIsSkipped(String type, String contentType) {
        byte[] record = record(type, contentType, "field: value\r\n".getBytes(UTF_8));
        assertThat(parse(SourceConfig.Format.WARC, record)).isEqualTo(new Skipped(SkipReason.METADATA));
        assertThat(parse(SourceConfig.Format.WET, record)).isEqualTo(new Skipped(SkipReason.METADATA));
    }

    @Test
    void ofAWetFileTheConversionsAreDocuments() {
        byte[] conversion = record("conversion", "text/plain", "Der Fluss\ntr\u00e4gt Sand.".getBytes(UTF_8));
        assertThat(parse(SourceConfig.Format.WET, conversion)).isInstanceOfSatisfying(ParsedDocument.class, parsed -> {
            assertThat(parsed.document().text()).isEqualTo("Der Fluss\ntr\u00e4gt Sand.");
            assertThat(parsed.idGiven()).isFalse();
        });
        assertThat(parse(SourceConfig.Format.WARC, conversion)).isEqualTo(new Skipped(SkipReason.METADATA));
        assertThat(parse(SourceConfig.Format.WET, page(HTML))).isEqualTo(new Skipped(SkipReason.METADATA));
    }

    @Test
    void whatIsDamagedIsADeadLetterWithAllItsBytes() {
        byte[] whole = page(HTML);
        assertDeadLetter(Arrays.copyOf(whole, whole.length - 1), DeadLetterReason.NOT_WARC);
        assertDeadLetter("no record".getBytes(UTF_8), DeadLetterReason.NOT_WARC);
        assertDeadLetter(record("continuation", "text/html", HTML.getBytes(UTF_8)), DeadLetterReason.NOT_WARC);
        assertDeadLetter(response("ICY 200 OK", HTML.getBytes(UTF_8)), DeadLetterReason.NOT_HTTP);
        assertDeadLetter(
                response("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", new byte[] {0x1F, 0x2F
                }),
                DeadLetterReason.NOT_HTTP);
        assertDeadLetter(
                new String(whole, UTF_8).replace("2024-05-06T", "2024-05-xx").getBytes(UTF_8),
                DeadLetterReason.BAD_TIME);
    }

    private static void assertDeadLetter(byte[] record, DeadLetterReason reason) {
        assertThat(parse(SourceConfig.Format.WARC, record)).isInstanceOfSatisfying(DeadLetter.class, letter -> {
            assertThat(letter.reason()).isEqualTo(reason);
            assertThat(letter.bytes()).isEqualTo(record);
        });
    }

    @Test
    void theFirstOfTwoRecordsRunTogetherIsNotTakenForBoth() {
        assertDeadLetter(join(page(HTML), page(HTML)), DeadLetterReason.NOT_WARC);
    }
}
