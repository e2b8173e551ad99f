package org.alluvium.ingest.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentAvro;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class AvroFramingTest {

    private static final Schema PAGE = new Schema.Parser()
            .parse(
                    "{\"type\": \"record\", \"name\": \"Page\", \"fields\": [{\"name\": \"body\", \"type\": \"string\"}]}");
    private static final byte[] BODY = {2, 'a'};

    private static final SchemaRegistry REGISTRY = id -> {
        if (id != 258) {
            throw new UnknownSchemaException("no " + id);
        }
        return PAGE;
    };

    private static final AvroFraming PLAIN = new AvroFraming(Optional.empty(), Optional.empty());
    private static final AvroFraming WITH_SCHEMA = new AvroFraming(Optional.empty(), Optional.of(PAGE));
    private static final AvroFraming WITH_REGISTRY = new AvroFraming(Optional.of(REGISTRY), Optional.empty());

    private static byte[] singleObject(Schema schema) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .put(BODY)
                .array();
    }

    @Test
    void ourOwnMessagesAreAlwaysKnown() throws Exception {
        Document document = new Document("i", "s", "o", Optional.empty(), "t", 0, Optional.empty(), Map.of());

        assertThat(WITH_REGISTRY.open(DocumentAvro.encode(document)))
                .isEqualTo(new AvroFraming.Opened(DocumentAvro.schema(), 10));
    }

    @Test
    void theNumberOfARegistryIsBigEndian() throws Exception {
        assertThat(WITH_REGISTRY.open(new byte[] {0, 0, 0, 1, 2, 2, 'a'})).isEqualTo(new AvroFraming.Opened(PAGE, 5));
    }

    @Test
    void withARegistryABareBodyIsMalformed() {
        assertThatThrownBy(() -> WITH_REGISTRY.open(BODY)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void aConfiguredSchemaReadsBareBodiesAndItsOwnSingleObjects() throws Exception {
        assertThat(WITH_SCHEMA.open(BODY)).isEqualTo(new AvroFraming.Opened(PAGE, 0));
        assertThat(WITH_SCHEMA.open(singleObject(PAGE))).isEqualTo(new AvroFraming.Opened(PAGE, 10));
    }

    @Test
    void aFingerprintOfAnotherSchemaIsUnknown() {
        assertThatThrownBy(() -> PLAIN.open(singleObject(PAGE)))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining(Long.toHexString(SchemaNormalization.parsingFingerprint64(PAGE)));
    }

    @Test
    void anEmptyMessageIsMalformed() {
        assertThatThrownBy(() -> PLAIN.open(new byte[0])).isInstanceOf(MalformedMessageException.class);
    }
}
