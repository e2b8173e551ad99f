package org.alluvium.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.config.FieldsConfig;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentAvro;
import org.alluvium.ingest.avro.AvroFraming;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroFormatTest {

    private static final Schema ARTICLE = new Schema.Parser().parse("""
            {"type": "record", "name": "Article", "fields": [
              {"name": "key", "type": "long"},
              {"name": "body", "type": ["null", "string"]},
              {"name": "written", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "tags", "type": {"type": "array", "items": "string"}},
              {"name": "score", "type": "double"},
              {"name": "deleted", "type": "boolean"}]}""");

    private static final FieldsConfig NAMES =
            new FieldsConfig("body", "key", "url", Optional.of("written"), "language");

    private static final AvroFormat ARTICLES =
            new AvroFormat(new AvroFraming(Optional.empty(), Optional.of(ARTICLE)), new FieldMapping(NAMES));

    private static GenericRecordBuilder article() {
        return new GenericRecordBuilder(ARTICLE)
                .set("key", 12L)
                .set("body", "Guten Tag")
                .set("written", 1_700_000_000_123_456L)
                .set("tags", List.of("a", "b"))
                .set("score", 0.5)
                .set("deleted", false);
    }

    private static byte[] bytes(GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static SourceRecord.Content content(byte[] bytes) {
        return SourceRecord.Content.of("news", "articles-0@5", 9, bytes);
    }

    @Test
    void anyProducersSchemaIsMappedByTheNamesOfItsFields() throws Exception {
        assertThat(ARTICLES.parse(content(bytes(article().build()))))
                .isEqualTo(new Reading.DocumentFields(
                        Optional.of("12"),
                        Optional.empty(),
                        "Guten Tag",
                        OptionalLong.of(1_700_000_000_123L),
                        Optional.empty(),
                        Map.of("tags", "[\"a\",\"b\"]", "score", "0.5", "deleted", "false")));
    }

    @Test
    void ourOwnDocumentsKeepTheirAttributes() throws Exception {
        Document document = new Document(
                "d1",
                "other",
                "elsewhere",
                Optional.of("https://x.example/"),
                "Text",
                77,
                Optional.of("de"),
                Map.of("title", "T", "date", "not a date"));
        AvroFormat format = new AvroFormat(
                new AvroFraming(Optional.empty(), Optional.empty()), new FieldMapping(FieldsConfig.DEFAULT));

        assertThat(format.parse(content(DocumentAvro.encode(document))))
                .isEqualTo(new Reading.DocumentFields(
                        Optional.of("d1"),
                        Optional.of("https://x.example/"),
                        "Text",
                        OptionalLong.of(77),
                        Optional.of("de"),
                        Map.of("title", "T", "date", "not a date", "source", "other", "origin", "elsewhere")));
    }

    @Test
    void aRecordThatSaysItIsDeletedIsADeletion() throws Exception {
        assertThat(ARTICLES.parse(content(
                        bytes(article().set("deleted", true).set("body", null).build()))))
                .isEqualTo(new Reading.Deletion("12"));
    }

    @Test
    void aTextThatIsNullIsMissing() throws Exception {
        byte[] bytes = bytes(article().set("body", null).build());

        assertThatThrownBy(() -> ARTICLES.parse(content(bytes)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(DeadLetterReason.TEXT_MISSING));
    }

    @Test
    void aNulInATextIsRefused() throws Exception {
        byte[] bytes = bytes(article().set("body", "a\0b").build());

        assertThatThrownBy(() -> ARTICLES.parse(content(bytes)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(DeadLetterReason.NUL_CHARACTER));
    }

    @Test
    void whatIsNoMessageOfTheSchemaIsRefused() {
        assertThatThrownBy(() -> ARTICLES.parse(content(new byte[] {1, 2, 3})))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(DeadLetterReason.MALFORMED_AVRO));
    }

    @Test
    void aFingerprintThatNobodyKnowsIsAnUnknownSchema() {
        AvroFormat format = new AvroFormat(
                new AvroFraming(Optional.empty(), Optional.empty()), new FieldMapping(FieldsConfig.DEFAULT));
        byte[] message = ByteBuffer.allocate(12).put((byte) 0xC3).put((byte) 1).array();

        assertThatThrownBy(() -> format.parse(content(message)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA));
    }

    @ParameterizedTest
    @CsvSource({
        "long, timestamp-millis, 5000, 5000",
        "long, timestamp-micros, -1, -1",
        "long, timestamp-nanos, 5999999, 5",
        "long, local-timestamp-micros, 5999, 5",
        "int, date, 2, 172800000",
        "long, none, 5000, 5000"
    })
    void datesAndTimestampsOfAvroBecomeMilliseconds(String type, String logical, long value, long millis)
            throws Exception {
        Schema schema = new Schema.Parser().parse("""
                {"type": "record", "name": "T", "fields": [
                  {"name": "text", "type": "string"},
                  {"name": "date", "type": ["null", {"type": "%s", "logicalType": "%s"}]}]}""".formatted(type, logical));
        AvroFormat format = new AvroFormat(
                new AvroFraming(Optional.empty(), Optional.of(schema)), new FieldMapping(FieldsConfig.DEFAULT));
        Object written = type.equals("int") ? (Object) (int) value : (Object) value;
        byte[] bytes = bytes(new GenericRecordBuilder(schema)
                .set("text", "t")
                .set("date", written)
                .build());

        Reading.DocumentFields fields = (Reading.DocumentFields) format.parse(content(bytes));

        assertThat(fields.eventTimeMillis()).hasValue(millis);
    }
}
