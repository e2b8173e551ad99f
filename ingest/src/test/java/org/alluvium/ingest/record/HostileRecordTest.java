package org.alluvium.ingest.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.config.ConfigLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that somebody has written to stop a parser: each comes out as something, in a time that its length bounds. */
class HostileRecordTest {

    private static final int MANY = 20_000;

    /** Beginnings that a backtracking expression or a recursive parser would take ages or all of the stack for. */
    private static final Map<String, String> HOSTILE = Map.ofEntries(
            Map.entry("open tags", "<div>".repeat(MANY)),
            Map.entry("open attributes", "<a " + "a=\"".repeat(MANY)),
            Map.entry("open comments", "<!--".repeat(MANY)),
            Map.entry("spaces", "text" + " ".repeat(MANY) + "\u0000"),
            Map.entry("declarations", "<meta charset=" + "charset=".repeat(MANY)),
            Map.entry("brackets", "[".repeat(MANY)),
            Map.entry("links", "[a](".repeat(MANY)),
            Map.entry("emphasis", "*a_ ".repeat(MANY)),
            Map.entry("quotes", ">".repeat(MANY)),
            Map.entry("backticks", "`a``".repeat(MANY)),
            Map.entry("objects", "{\"a\":".repeat(MANY)),
            Map.entry("templates", "{{a|".repeat(MANY)),
            Map.entry("wiki links", "[[a|".repeat(MANY)),
            Map.entry("dates", "\"datePublished\"" + " ".repeat(MANY)),
            Map.entry("front matter", "---\n" + "a: &a [*a, ".repeat(MANY / 10)),
            Map.entry("references", "&amp;".repeat(MANY) + "&#x" + "0".repeat(MANY)),
            Map.entry("headers", "Subject: " + "=?utf-8?q?".repeat(MANY)),
            Map.entry("parts", "Content-Type: multipart/mixed; boundary=a\n\n" + "--a\n".repeat(MANY)));

    private static final List<String> FORMATS =
            List.of("jsonl", "text", "markdown", "mediawiki", "mail", "mbox", "html", "warc", "wet", "lucene_lines");

    static Stream<String> formats() {
        return FORMATS.stream();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatIsWrittenToStopAParserComesOutAsSomething(String format) {
        RecordParser parser = RecordParser.of(ConfigLoader.parse(
                        "sources: [{name: hostile, path: in, format: " + format + "}]", "test", Path.of("/"), List.of())
                .sources()
                .get(0));
        HOSTILE.forEach((name, text) -> assertThat(parser.parse(
                        new SourceRecord.Content("hostile", name + ":0", 0, Optional.empty(), 1, text.getBytes(UTF_8))))
                .as(name)
                .isInstanceOfAny(ParsedDocument.class, DeadLetter.class, Skipped.class));
    }
}
