package org.alluvium.ingest.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.alluvium.contracts.config.FieldsConfig;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.config.SourceConfig.Format;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.error.UnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordParserTest {

    private static final long FILE_TIME = 1_700_000_000_000L;

    private final RecordParser jsonl = parser(Format.JSONL);
    private final RecordParser luceneLines = parser(Format.LUCENE_LINES);

    private static RecordParser parser(Format format) {
        return RecordParser.of(SourceConfig.ofFolder("news", Location.of(Path.of("in")), format, true));
    }

    private static SourceRecord line(byte[] bytes) {
        return SourceRecord.Content.of("news", "a.jsonl#7", FILE_TIME, bytes);
    }

    private Parsed parse(String json) {
        return jsonl.parse(line(json.getBytes(UTF_8)));
    }

    private Document document(String json) {
        assertThat(parse(json)).isInstanceOf(ParsedDocument.class);
        return ((ParsedDocument) parse(json)).document();
    }

    private static DeadLetterReason reason(Parsed parsed) {
        assertThat(parsed).isInstanceOf(DeadLetter.class);
        return ((DeadLetter) parsed).reason();
    }

    @Test
    void theTextIsRepairedAndWhatWasChangedIsCounted() {
        assertThat(parse("{\"text\":\"europÃ©en\\u0001\"}")).isInstanceOfSatisfying(ParsedDocument.class, parsed -> {
            assertThat(parsed.document().text()).isEqualTo("européen");
            assertThat(parsed.edits()).isEqualTo(Map.of("repair.misread_utf8", 1L, "repair.control", 1L));
        });
    }

    @Test
    void aTextAloneIsADocument() {
        assertThat(document("{\"text\":\"Hello\\r\\nworld \"}"))
                .isEqualTo(new Document(
                        StableId.v1("news", "a.jsonl#7"),
                        "news",
                        "a.jsonl#7",
                        Optional.empty(),
                        "Hello\nworld",
                        FILE_TIME,
                        Optional.empty(),
                        Map.of()));
    }

    @Test
    void knownFieldsHaveTheirPlaceAndAllOthersAreAttributes() {
        Document document = document("""
                {"id": 17, "url": "https://x.example/", "language": "de", "eventTime": "2024-05-06T07:08:09Z", \
                "date": "unused", "n": 1e400, "list": [1, {"a": "b"}], "flag": true, "none": null, "text": "Ja"}""");
        assertThat(document.id()).isEqualTo("17");
        assertThat(document.url()).contains("https://x.example/");
        assertThat(document.language()).contains("de");
        assertThat(document.eventTimeMillis())
                .isEqualTo(Instant.parse("2024-05-06T07:08:09Z").toEpochMilli());
        assertThat(document.attributes())
                .containsOnly(
                        Map.entry("date", "unused"),
                        Map.entry("n", "1e400"),
                        Map.entry("list", "[1, {\"a\": \"b\"}]"),
                        Map.entry("flag", "true"));
    }

    @Test
    void namesOfFieldsAreConfigurable() {
        RecordParser parser =
                RecordParser.of(SourceConfig.ofFolder("news", Location.of(Path.of("in")), Format.JSONL, true)
                        .withFields(new FieldsConfig("content", "key", "link", Optional.of("published"), "lang")));
        Parsed parsed =
                parser.parse(line("{\"content\":\"c\",\"text\":\"t\",\"key\":7,\"published\":12}".getBytes(UTF_8)));
        Document document = ((ParsedDocument) parsed).document();
        assertThat(document.text()).isEqualTo("c");
        assertThat(document.id()).isEqualTo("7");
        assertThat(document.eventTimeMillis()).isEqualTo(12);
        assertThat(document.attributes()).containsOnly(Map.entry("text", "t"));
    }

    @Test
    void aRecordThatIsMarkedDeletedNeedsAnIdAndNoText() {
        assertThat(parse("{\"id\":\"a\",\"deleted\":true}"))
                .isEqualTo(new ParsedDeletion("a", "news", "a.jsonl#7", FILE_TIME));
        assertThat(document("{\"id\":\"a\",\"deleted\":false,\"text\":\"t\"}").attributes())
                .containsOnly(Map.entry("deleted", "false"));
        assertThat(document("{\"deleted\":true,\"text\":\"t\"}").text()).isEqualTo("t");
    }

    @Test
    void theKeyOfARecordIsItsIdUnlessTheDocumentHasOne() {
        byte[] bytes = "{\"text\":\"t\"}".getBytes(UTF_8);
        Parsed parsed =
                jsonl.parse(new SourceRecord.Content("news", "news-0@1", FILE_TIME, Optional.of("k"), 1, bytes));
        assertThat(((ParsedDocument) parsed).document().id()).isEqualTo("k");
        assertThat(((ParsedDocument) parsed).idGiven()).isTrue();
        assertThat(((ParsedDocument) parse("{\"text\":\"t\"}")).idGiven()).isFalse();
    }

    @Test
    void aTombstoneDeletesTheDocumentOfItsKey() {
        assertThat(jsonl.parse(new SourceRecord.Tombstone("news", "news-0@2", 5, "k")))
                .isEqualTo(new ParsedDeletion("k", "news", "news-0@2", 5));
    }

    @ParameterizedTest
    @CsvSource({
        "1234, 1970-01-01T00:00:01.234Z",
        "'\"2004-03-30\"', 2004-03-30T00:00:00Z",
        "'\"2004-03-30 10:11\"', 2004-03-30T10:11:00Z",
        "'\"2004-03-30T10:11:12.5+02:00\"', 2004-03-30T08:11:12.500Z",
    })
    void eventTimesAreIsoOrMilliseconds(String value, String expected) {
        assertThat(document("{\"text\":\"x\",\"timestamp\":" + value + "}").eventTimeMillis())
                .isEqualTo(Instant.parse(expected).toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            quoteCharacter = '`',
            value = {
                "``                                | BLANK_LINE",
                "` \t\r`                           | BLANK_LINE",
                "hello                             | NOT_JSON",
                "{\"text\":\"a\"                   | NOT_JSON",
                "{\"text\":\"a\"} x                | NOT_JSON",
                "{\"text\":\"a\"}{\"text\":\"b\"}  | NOT_JSON",
                "{\"text\":\"a\",\"text\":\"b\"}   | NOT_JSON",
                "{'text':'a'}                      | NOT_JSON",
                "{\"text\":NaN}                    | NOT_JSON",
                "[\"text\"]                        | NOT_AN_OBJECT",
                "\"text\"                          | NOT_AN_OBJECT",
                "17                                | NOT_AN_OBJECT",
                "null                              | NOT_AN_OBJECT",
                "{}                                | TEXT_MISSING",
                "{\"text\":null}                   | TEXT_MISSING",
                "{\"Text\":\"a\"}                  | TEXT_MISSING",
                "{\"text\":1}                      | WRONG_TYPE",
                "{\"text\":[\"a\"]}                | WRONG_TYPE",
                "{\"text\":{\"a\":1}}              | WRONG_TYPE",
                "{\"text\":\"a\",\"id\":1.5}       | WRONG_TYPE",
                "{\"text\":\"a\",\"id\":[1]}       | WRONG_TYPE",
                "{\"text\":\"a\",\"url\":1}        | WRONG_TYPE",
                "{\"text\":\"a\",\"language\":{}}  | WRONG_TYPE",
                "{\"text\":\"a\",\"date\":true}    | WRONG_TYPE",
                "{\"text\":\"a\",\"date\":1.5}     | WRONG_TYPE",
                "{\"text\":\"a\",\"date\":\"May\"} | BAD_TIME",
                "{\"text\":\"a\",\"date\":\"2024-02-30\"}            | BAD_TIME",
                "{\"text\":\"a\",\"date\":99999999999999999999}      | BAD_TIME",
                "{\"text\":\"\"}                   | EMPTY_TEXT",
                "{\"text\":\" \\n\\u00a0\"}        | EMPTY_TEXT",
                "{\"text\":\"\\u0001\"}            | EMPTY_TEXT",
                "{\"text\":\"a\\u0000b\"}          | NUL_CHARACTER",
                "{\"text\":\"a\\ud83d\"}           | LONE_SURROGATE",
                "{\"text\":\"\\ude00\\ud83d\"}     | LONE_SURROGATE",
                "{\"text\":\"a\",\"x\":\"\\ud83d\"} | LONE_SURROGATE",
            })
    void whatIsNotADocumentIsADeadLetterThatSaysWhy(String json, DeadLetterReason expected) {
        assertThat(reason(parse(json))).isEqualTo(expected);
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithTheOffset() {
        byte[] surrogateInUtf8 = {'{', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '}'};
        DeadLetter letter = (DeadLetter) jsonl.parse(line(surrogateInUtf8));
        assertThat(letter.reason()).isEqualTo(DeadLetterReason.INVALID_UTF8);
        assertThat(letter.detail()).contains("byte 1");
        assertThat(letter.bytes()).isEqualTo(surrogateInUtf8);
    }

    @Test
    void aRawNulIsRefused() {
        assertThat(reason(parse("{\"text\":\"a\0b\"}"))).isEqualTo(DeadLetterReason.NUL_CHARACTER);
    }

    @Test
    void aByteOrderMarkBeforeTheObjectIsPassedOver() {
        assertThat(document("\uFEFF{\"text\":\"a\"}").text()).isEqualTo("a");
    }

    @Test
    void deepNestingIsRefusedAndDoesNotOverflowTheStack() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(reason(parse("{\"text\":\"a\",\"x\":" + deep + "}"))).isEqualTo(DeadLetterReason.NOT_JSON);
    }

    @Test
    void aTextOfManyMegabytesIsADocument() {
        assertThat(document("{\"text\":\"" + "x".repeat(30_000_000) + "\"}").text())
                .hasSize(30_000_000);
    }

    @Test
    void aRefusedRecordIsKeptWholeHoweverLongItIs() {
        DeadLetter letter = (DeadLetter) parse("x".repeat(1 << 20));
        assertThat(letter.bytes()).hasSize(1 << 20);
        assertThat(letter.isWhole()).isTrue();
    }

    @Test
    void aRecordThatBreaksTheReaderIsADeadLetterAndNoError() {
        RecordParser defective = new RecordParser(content -> {
            throw new IllegalStateException("cannot happen");
        });
        RecordParser bottomless = new RecordParser(RecordParserTest::recurse);

        assertThat(reason(defective.parse(line(new byte[] {1})))).isEqualTo(DeadLetterReason.PARSER_FAILED);
        assertThat(reason(bottomless.parse(line(new byte[] {1})))).isEqualTo(DeadLetterReason.PARSER_FAILED);
    }

    @SuppressWarnings("InfiniteRecursion") // is what the test is about
    private static Reading recurse(SourceRecord.Content content) {
        return recurse(content);
    }

    @Test
    void aParserThatCannotWorkNowSaysSo() {
        RecordParser waiting = new RecordParser(content -> {
            throw new UnavailableException("no registry answers", "registry", "Wait");
        });
        assertThatThrownBy(() -> waiting.parse(line(new byte[] {1}))).isInstanceOf(UnavailableException.class);
    }

    @Test
    void theNextAttemptIsTheSameRecord() {
        DeadLetter letter = (DeadLetter) parse("nonsense");
        assertThat(letter.nextAttempt())
                .usingRecursiveComparison()
                .isEqualTo(new SourceRecord.Content(
                        "news", "a.jsonl#7", FILE_TIME, Optional.empty(), 2, "nonsense".getBytes(UTF_8)));
        DeadLetter again = (DeadLetter) jsonl.parse(letter.nextAttempt());
        assertThat(again.attempt()).isEqualTo(2);
    }

    @Test
    void aFailureToReadIsItsOwnDeadLetter() {
        SourceRecord failure = new SourceRecord.Failure(
                "news", "a.gz#3", FILE_TIME, DeadLetterReason.FILE_DAMAGED, "cut short", new byte[] {1});
        assertThat(jsonl.parse(failure))
                .usingRecursiveComparison()
                .isEqualTo(new DeadLetter(
                        "news",
                        "a.gz#3",
                        FILE_TIME,
                        Optional.empty(),
                        1,
                        DeadLetterReason.FILE_DAMAGED,
                        "cut short",
                        new byte[] {1},
                        DeadLetter.UNKNOWN_LENGTH));
    }

    @Test
    void luceneLinesHaveTitleDateAndBody() {
        Parsed parsed = luceneLines.parse(line("(1)\t2004-03-30\tIl testo\tcon tab".getBytes(UTF_8)));
        Document document = ((ParsedDocument) parsed).document();
        assertThat(document.text()).isEqualTo("Il testo\tcon tab");
        assertThat(document.attributes()).containsOnly(Map.entry("title", "(1)"));
        assertThat(document.eventTimeMillis())
                .isEqualTo(Instant.parse("2004-03-30T00:00:00Z").toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({
        "'title', WRONG_COLUMNS",
        "'title\t2004-03-30', WRONG_COLUMNS",
        "'title\tyesterday\tbody', BAD_TIME",
        "'title\t2004-03-30\t ', EMPTY_TEXT",
    })
    void badLuceneLinesAreDeadLetters(String line, DeadLetterReason expected) {
        assertThat(reason(luceneLines.parse(line(line.getBytes(UTF_8))))).isEqualTo(expected);
    }

    @Property
    void anyBytesComeOutAsOneOfTheTwo(@ForAll byte[] bytes) {
        assertThat(jsonl.parse(line(bytes))).isNotNull();
        assertThat(luceneLines.parse(line(bytes))).isNotNull();
    }

    @Property
    void aDocumentWithOneByteChangedComesOutAsOneOfTheTwo(@ForAll int position, @ForAll byte replacement) {
        byte[] bytes =
                "{\"text\":\"Gr\u00fc\u00dfe \\ud83d\\ude00\",\"date\":\"2024-01-01\",\"n\":[1,2]}".getBytes(UTF_8);
        bytes[Math.floorMod(position, bytes.length)] = replacement;
        assertThat(jsonl.parse(line(bytes))).isNotNull();
    }
}
