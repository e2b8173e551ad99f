package org.alluvium.contracts.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class DocumentAvroTest {

    private static final Document DOCUMENT = new Document(
            "d1",
            "crawl",
            "a.jsonl#7",
            Optional.of("https://example.org/a"),
            "Grüße 🌍",
            1_700_000_000_123L,
            Optional.empty(),
            Map.of("licence", "CC0"));

    private final DocumentAvro avro = new DocumentAvro(List.of());

    @Property(tries = 200)
    void whatIsWrittenIsReadBack(
            @ForAll String id,
            @ForAll long eventTime,
            @ForAll Optional<String> language,
            @ForAll Map<String, String> attributes) {
        Map<String, String> encodable = new HashMap<>();
        attributes.forEach((name, value) -> encodable.put(encodable(name), encodable(value)));
        Document document = new Document(
                encodable(id),
                "s",
                "o",
                Optional.empty(),
                encodable(id + id),
                eventTime,
                language.map(this::encodable),
                encodable);

        assertThat(avro.decode(DocumentAvro.encode(document), "here")).isEqualTo(document);
    }

    /** Avro writes UTF-8, in which lone surrogates have no form. */
    private String encodable(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }

    @Test
    void aMessageOfTheFirstReleaseIsStillRead() {
        byte[] message = HexFormat.of()
                .parseHex("c301e45e72c255e432a20464310a637261776c12612e6a736f6e6c2337022a"
                        + "68747470733a2f2f6578616d706c652e6f72672f61184772c3bcc39f6520f09f8c8df6a1abfef962"
                        + "00020e6c6963656e63650643433000");

        assertThat(avro.decode(message, "here")).isEqualTo(DOCUMENT);
    }

    @Test
    void theSchemaIsCompatibleWithEveryReleasedOneInBothDirections() throws IOException {
        for (Schema released : List.of(released("document-v1.avsc"))) {
            assertThat(compatibility(DocumentAvro.schema(), released)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            assertThat(compatibility(released, DocumentAvro.schema())).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        }
    }

    @Test
    void aReleasedReaderReadsWhatIsWrittenNow() throws IOException {
        byte[] message = DocumentAvro.encode(DOCUMENT);
        GenericRecord read = new GenericDatumReader<GenericRecord>(DocumentAvro.schema(), released("document-v1.avsc"))
                .read(null, DecoderFactory.get().binaryDecoder(message, 10, message.length - 10, null));

        assertThat(DocumentAvro.fromRecord(read)).isEqualTo(DOCUMENT);
    }

    @Test
    void fieldsOfANewerWriterAreKeptAsAttributes() throws IOException {
        Schema writer = SchemaBuilder.record("Article")
                .namespace("elsewhere")
                .fields()
                .requiredString("text")
                .requiredString("source")
                .requiredString("id")
                .requiredString("origin")
                .requiredInt("eventTime")
                .requiredInt("year")
                .optionalString("editor")
                .name("tags")
                .type()
                .array()
                .items()
                .stringType()
                .noDefault()
                .endRecord();
        GenericRecord article = new GenericData.Record(writer);
        article.put("text", "t");
        article.put("source", "s");
        article.put("id", "i");
        article.put("origin", "o");
        article.put("eventTime", 5);
        article.put("year", 1999);
        article.put("tags", List.of("a", "b"));

        Document document = new DocumentAvro(List.of(writer)).decodeBody(body(article), 0, writer, "here");

        assertThat(document)
                .isEqualTo(new Document(
                        "i",
                        "s",
                        "o",
                        Optional.empty(),
                        "t",
                        5,
                        Optional.empty(),
                        Map.of("year", "1999", "tags", "[\"a\", \"b\"]")));
    }

    @Test
    void aWriterWithoutATextIsRefusedAtOnce() {
        Schema writer =
                SchemaBuilder.record("Document").fields().requiredString("id").endRecord();

        assertThatThrownBy(() -> new DocumentAvro(List.of(writer)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("no document can be made of what this schema writes");
        assertThatThrownBy(() -> new DocumentAvro(List.of(Schema.create(Schema.Type.STRING))))
                .isInstanceOf(MismatchException.class);
    }

    @Test
    void aDamagedMessageIsRefusedWithItsPlace() {
        byte[] message = DocumentAvro.encode(DOCUMENT);

        assertThatThrownBy(() -> avro.decode(Arrays.copyOf(message, message.length - 3), "topic-0@5"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("topic-0@5: the Avro body is damaged");
        assertThatThrownBy(() -> avro.decode(new byte[3], "topic-0@5")).isInstanceOf(DataException.class);
    }

    @Test
    void anUnknownWriterIsNamedByItsFingerprint() {
        byte[] message = DocumentAvro.encode(DOCUMENT);
        message[2]++;

        assertThatThrownBy(() -> avro.decode(message, "topic-0@5"))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("unknown schema with fingerprint");
    }

    private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getType();
    }

    private static Schema released(String name) throws IOException {
        try (InputStream in = DocumentAvroTest.class.getResourceAsStream("released/" + name)) {
            return new Schema.Parser().parse(in);
        }
    }

    private static byte[] body(GenericRecord avro) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(avro.getSchema()).write(avro, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
