package org.alluvium.ingest.avro;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.document.DocumentAvro;
import org.alluvium.contracts.error.UnavailableException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Tells which schema wrote a message, and where its body begins. The first that fits:
 *
 * <ol>
 *   <li>Avro's single-object encoding, {@code C3 01} and the CRC-64-AVRO fingerprint (8 bytes, little-endian), of a schema
 *       known here: the one of {@link DocumentAvro}, or the configured one.
 *   <li>With a registry, Confluent's wire format: {@code 00} and the schema's number there (int32, big-endian).
 *   <li>With a configured schema and no registry, the body alone.
 * </ol>
 *
 * Thread-safe if the registry is.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">single-object encoding</a>
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">
 *     Confluent wire format</a>
 */
public final class AvroFraming {

    private static final short SINGLE_OBJECT = (short) 0xC301;
    private static final int SINGLE_OBJECT_HEADER = Short.BYTES + Long.BYTES;
    private static final byte CONFLUENT = 0;
    private static final int CONFLUENT_HEADER = 1 + Integer.BYTES;

    private final Map<Long, Schema> byFingerprint = new HashMap<>();
    private final Optional<SchemaRegistry> registry;
    private final Optional<Schema> configured;

    public AvroFraming(Optional<SchemaRegistry> registry, Optional<Schema> configured) {
        this.registry = registry;
        this.configured = configured;
        remember(DocumentAvro.schema());
        configured.ifPresent(this::remember);
    }

    private void remember(Schema schema) {
        byFingerprint.put(SchemaNormalization.parsingFingerprint64(schema), schema);
    }

    /**
     * What a message consists of.
     *
     * @param writer the schema its body was written by
     * @param bodyOffset bytes before the body
     */
    public record Opened(Schema writer, int bodyOffset) {}

    /**
     * Opens a message.
     *
     * @throws MalformedMessageException if it is in none of the formats
     * @throws UnknownSchemaException if it names a schema that is not known
     * @throws UnavailableException if the registry cannot be asked now
     */
    public Opened open(byte[] message) throws MalformedMessageException, UnknownSchemaException {
        Optional<Long> fingerprint = fingerprint(message);
        if (fingerprint.isPresent() && byFingerprint.containsKey(fingerprint.get())) {
            return new Opened(byFingerprint.get(fingerprint.get()), SINGLE_OBJECT_HEADER);
        }
        if (registry.isPresent() && message.length >= CONFLUENT_HEADER && message[0] == CONFLUENT) {
            return new Opened(registry.get().schema(ByteBuffer.wrap(message).getInt(1)), CONFLUENT_HEADER);
        }
        if (registry.isEmpty() && configured.isPresent()) {
            return new Opened(configured.get(), 0);
        }
        if (fingerprint.isPresent()) {
            throw new UnknownSchemaException(
                    "the message was written by a schema that is not configured, with fingerprint "
                            + Long.toHexString(fingerprint.get()));
        }
        throw new MalformedMessageException(
                registry.isPresent()
                        ? "the message is neither in Confluent's wire format nor in Avro's single-object encoding"
                        : "the message is not in Avro's single-object encoding");
    }

    /** The fingerprint in a single-object header, if the message begins like one. */
    private static Optional<Long> fingerprint(byte[] message) {
        ByteBuffer buffer = ByteBuffer.wrap(message);
        return message.length >= SINGLE_OBJECT_HEADER && buffer.getShort() == SINGLE_OBJECT
                ? Optional.of(buffer.order(ByteOrder.LITTLE_ENDIAN).getLong())
                : Optional.empty();
    }
}
