package org.alluvium.gateway.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.config.FieldsConfig;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.config.SourceConfig.Format;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentAvro;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchReaderTest {

    private static final SourceConfig SOURCE =
            SourceConfig.ofFolder("pushed", Location.of(Path.of("spool")), Format.JSONL, true);

    private static Batch read(BodyFormat format, String body) {
        return read(SOURCE, format, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Batch read(SourceConfig source, BodyFormat format, byte[] body) {
        return new BatchReader(source, 1_000, 10_000).read(format, body);
    }

    private static List<String> lines(Batch batch) {
        assertThat(batch).isInstanceOf(Batch.Good.class);
        return ((Batch.Good) batch)
                .records().stream()
                        .map(record -> new String(record.line(), StandardCharsets.UTF_8))
                        .toList();
    }

    private static List<Optional<String>> ids(Batch batch) {
        return ((Batch.Good) batch).records().stream().map(PushedRecord::id).toList();
    }

    private static List<BadRecord> bad(Batch batch) {
        assertThat(batch).isInstanceOf(Batch.Bad.class);
        return ((Batch.Bad) batch).first();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, JSON",
        "'Application/JSON; charset=UTF-8', JSON",
        "'application/json; charset=\"utf-8\"', JSON",
        "application/x-ndjson, NDJSON",
        "application/jsonl, NDJSON",
        "application/avro, AVRO",
        "'application/json; charset=iso-8859-1',",
        "text/plain,",
        "'',"
    })
    void theContentTypeNamesTheFormat(String contentType, BodyFormat expected) {
        assertThat(BodyFormat.of(contentType)).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void anObjectIsOneRecordOnOneLine() {
        Batch batch = read(BodyFormat.JSON, "{\n  \"id\": \"a\",\r\n  \"text\": \"x\\ny\"\n}");
        assertThat(lines(batch)).containsExactly("{   \"id\": \"a\",    \"text\": \"x\\ny\" }");
        assertThat(ids(batch)).containsExactly(Optional.of("a"));
    }

    @Test
    void anArrayIsItsElementsByteForByte() {
        Batch batch = read(BodyFormat.JSON, " [{\"text\":\"é\"} ,\n {\"id\":7,\"text\":\"b\",\"n\":1.50e+2}]\n");
        assertThat(lines(batch)).containsExactly("{\"text\":\"é\"}", "{\"id\":7,\"text\":\"b\",\"n\":1.50e+2}");
        assertThat(ids(batch)).containsExactly(Optional.empty(), Optional.of("7"));
    }

    @Test
    void blankLinesAreNoRecords() {
        Batch batch = read(BodyFormat.NDJSON, "\n{\"text\":\"a\"}\r\n \t\r\n{\"text\":\"b\"}");
        assertThat(lines(batch)).containsExactly("{\"text\":\"a\"} ", "{\"text\":\"b\"}");
    }

    @Test
    void aDeletionIsARecordWithItsId() {
        Batch batch = read(BodyFormat.NDJSON, "{\"id\":\"gone\",\"deleted\":true}\n");
        assertThat(ids(batch)).containsExactly(Optional.of("gone"));
    }

    @Test
    void oneBadRecordRefusesAllAndEachIsNamedWithItsPosition() {
        Batch batch = read(BodyFormat.NDJSON, "{\"text\":\"a\"}\nnonsense\n{\"text\":\"b\"}\n{\"id\":\"no text\"}\n");
        assertThat(((Batch.Bad) batch).count()).isEqualTo(2);
        assertThat(bad(batch))
                .extracting(BadRecord::record, BadRecord::at, BadRecord::reason)
                .containsExactly(tuple(2, 13L, "not_json"), tuple(4, 35L, "text_missing"));
    }

    @Test
    void onlySoManyBadRecordsAreNamed() {
        Batch batch = read(BodyFormat.NDJSON, "x\n".repeat(1_000));
        assertThat(((Batch.Bad) batch).count()).isEqualTo(1_000);
        assertThat(bad(batch)).hasSize(BatchReader.MOST_REPORTED);
    }

    @Test
    void anElementThatIsNoObjectIsBad() {
        assertThat(bad(read(BodyFormat.JSON, "[{\"text\":\"a\"}, 17]")))
                .singleElement()
                .satisfies(record -> assertThat(record.at()).isEqualTo(15));
    }

    @ParameterizedTest
    @CsvSource({"'[{\"text\":\"a\"}, {\"text\"', 2", "'[{\"text\":\"a\"}] x', 2", "'', 1", "' \n', 1", "[], 1"})
    void aBodyThatCannotBeCutIsBad(String body, int record) {
        assertThat(bad(read(BodyFormat.JSON, body))).singleElement().satisfies(broken -> {
            assertThat(broken.record()).isEqualTo(record);
            assertThat(broken.reason()).isEqualTo("broken_body");
        });
    }

    @Test
    void aLineBreakInsideAStringIsNotMended() {
        assertThat(bad(read(BodyFormat.JSON, "{\"text\":\"a\nb\"}"))).hasSize(1);
    }

    @Test
    void aRecordLongerThanTheSourceReadsIsNamed() {
        Batch batch = read(BodyFormat.NDJSON, "{\"text\":\"a\"}\n{\"text\":\"" + "b".repeat(1_000) + "\"}\n");
        assertThat(batch).isInstanceOf(Batch.TooLong.class);
        assertThat(((Batch.TooLong) batch).record().record()).isEqualTo(2);
    }

    private static final Document DOCUMENT = new Document(
            "d1",
            "elsewhere",
            "x@1",
            Optional.of("https://example.org/a"),
            "Text",
            1_700_000_000_000L,
            Optional.empty(),
            Map.of("title", "T", "body", "shadowed"));

    @Test
    void aSingleObjectMessageIsItsDocumentUnderTheNamesOfTheSource() {
        SourceConfig source =
                SOURCE.withFields(new FieldsConfig("body", "key", "link", Optional.of("when"), "language"));
        Batch batch = read(source, BodyFormat.AVRO, DocumentAvro.encode(DOCUMENT));
        assertThat(lines(batch))
                .containsExactly("{\"key\":\"d1\",\"link\":\"https://example.org/a\",\"body\":\"Text\","
                        + "\"when\":1700000000000,\"title\":\"T\"}");
        assertThat(ids(batch)).containsExactly(Optional.of("d1"));
    }

    @Test
    void aContainerOfAnySchemaIsMappedByTheNamesOfItsFields() throws Exception {
        Schema schema = new Schema.Parser().parse("""
                {"type": "record", "name": "Post", "fields": [
                  {"name": "id", "type": "long"},
                  {"name": "text", "type": ["null", "string"]},
                  {"name": "date", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                  {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                  {"name": "tags", "type": {"type": "array", "items": "string"}},
                  {"name": "deleted", "type": "boolean", "default": false}]}""");
        GenericRecord post = new GenericData.Record(schema);
        post.put("id", 7L);
        post.put("text", "Post");
        post.put("date", 1_700_000_000_123_456L);
        post.put("day", 1);
        post.put("tags", List.of("a", "b"));
        post.put("deleted", false);
        Batch batch = read(SOURCE, BodyFormat.AVRO, container(schema, post, 2));
        assertThat(lines(batch))
                .hasSize(2)
                .first()
                .isEqualTo("{\"id\":7,\"text\":\"Post\",\"date\":1700000000123,"
                        + "\"day\":\"1970-01-02\",\"tags\":[\"a\",\"b\"],\"deleted\":false}");
    }

    @Test
    void aContainerThatGrowsBeyondABodyIsRefused() throws Exception {
        byte[] small = container(DocumentAvro.schema(), DocumentAvro.toRecord(DOCUMENT), 500);
        assertThat(small).hasSizeLessThan(10_000);
        assertThat(bad(read(SOURCE, BodyFormat.AVRO, small)))
                .singleElement()
                .satisfies(record -> assertThat(record.detail()).contains("10000 bytes of JSON"));
    }

    @Test
    void aTornContainerIsBad() throws Exception {
        byte[] whole = container(DocumentAvro.schema(), DocumentAvro.toRecord(DOCUMENT), 3);
        byte[] torn = Arrays.copyOf(whole, whole.length - 20);
        assertThat(bad(read(SOURCE, BodyFormat.AVRO, torn))).hasSize(1);
    }

    @Test
    void aMessageOfAnUnknownSchemaIsBad() {
        byte[] message = {(byte) 0xC3, 1, 9, 9, 9, 9, 9, 9, 9, 9, 0};
        assertThat(bad(read(SOURCE, BodyFormat.AVRO, message)))
                .singleElement()
                .satisfies(record -> assertThat(record.detail()).contains("unknown schema"));
    }

    private static byte[] container(Schema schema, GenericRecord record, int times) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.setCodec(CodecFactory.deflateCodec(6)).create(schema, bytes);
            for (int i = 0; i < times; i++) {
                writer.append(record);
            }
        }
        return bytes.toByteArray();
    }
}
