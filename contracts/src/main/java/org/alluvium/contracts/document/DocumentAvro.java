package org.alluvium.contracts.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Documents in Avro 1.12, by the schema {@code document-v1.avsc}. A message is in Avro's single-object encoding: the
 * bytes {@code C3 01}, the CRC-64-AVRO fingerprint of the writer's schema (8 bytes, little-endian), the binary body.
 *
 * <p>Reading follows Avro's schema resolution: a writer's fields may come in another order, be of types that promote to
 * ours, and be missing where ours have a default. One thing goes beyond it: fields that ours does not have are not
 * dropped, but kept in {@link Document#attributes()}, as text, or as JSON where they are not single values; the writer's
 * record may have any name. Such a field takes precedence over an attribute of its name.
 *
 * <p>Instances know the schemas of the writers they can read, and are for one thread.
 */
public final class DocumentAvro {

    private static final Schema SCHEMA = load();
    private static final byte[] MAGIC = {(byte) 0xC3, 0x01};
    private static final int HEADER_BYTES = MAGIC.length + Long.BYTES;

    private final Map<Long, Schema> writers = new HashMap<>();
    private final Map<Schema, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

    /**
     * A codec that reads messages by our schema and by those of other writers.
     *
     * @throws MismatchException if a document cannot be made of what one of them writes
     */
    public DocumentAvro(Collection<Schema> otherWriters) {
        writers.put(SchemaNormalization.parsingFingerprint64(SCHEMA), SCHEMA);
        for (Schema writer : otherWriters) {
            reader(writer);
            writers.put(SchemaNormalization.parsingFingerprint64(writer), writer);
        }
    }

    /** The schema that documents are written by. */
    public static Schema schema() {
        return SCHEMA;
    }

    /** The document as a message. */
    public static byte[] encode(Document document) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(HEADER_BYTES + document.text().length());
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).putLong(SchemaNormalization.parsingFingerprint64(SCHEMA));
        bytes.writeBytes(header.array());
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(SCHEMA).write(toRecord(document), encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The document of a message.
     *
     * @param where what the message is called in an error, such as its topic, partition and offset
     * @throws DataException if it is cut short or no message
     * @throws MismatchException if the writer's schema is not known here
     */
    public Document decode(byte[] message, String where) {
        if (message.length < HEADER_BYTES || message[0] != MAGIC[0] || message[1] != MAGIC[1]) {
            throw new DataException("this is not an Avro single-object message", where, "Check what writes there");
        }
        long fingerprint =
                ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getLong(MAGIC.length);
        Schema writer = writers.get(fingerprint);
        if (writer == null) {
            throw new MismatchException(
                    "the message was written by an unknown schema with fingerprint " + Long.toHexString(fingerprint),
                    where,
                    "Give that schema to the reader");
        }
        return decodeBody(message, HEADER_BYTES, writer, where);
    }

    /** The document of a body that was framed in another way, such as by a schema registry; errors as for {@link #decode}. */
    public Document decodeBody(byte[] bytes, int from, Schema writer, String where) {
        try {
            return fromRecord(reader(writer)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null)));
        } catch (IOException | AvroRuntimeException e) {
            throw new DataException("the Avro body is damaged or cut short", where, "Check what writes there", e);
        }
    }

    private GenericDatumReader<GenericRecord> reader(Schema writer) {
        return readers.computeIfAbsent(writer, w -> new GenericDatumReader<>(w, compatibleReaderSchema(w)));
    }

    private static Schema compatibleReaderSchema(Schema writer) {
        if (writer.getType() != Schema.Type.RECORD) {
            throw unusable(writer, "it is a " + writer.getType().getName() + ", not a record");
        }
        Schema reader = readerSchema(writer);
        SchemaPairCompatibility compatibility = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (compatibility.getType() != SchemaCompatibilityType.COMPATIBLE) {
            List<String> reasons = compatibility.getResult().getIncompatibilities().stream()
                    .map(reason -> reason.getLocation() + " " + reason.getMessage())
                    .toList();
            throw unusable(writer, String.join(", ", reasons));
        }
        return reader;
    }

    private static MismatchException unusable(Schema writer, String why) {
        return new MismatchException(
                "no document can be made of what this schema writes: " + why,
                "Avro schema " + writer.getFullName(),
                "Give its fields the names and types of document-v1.avsc");
    }

    /** Our schema under the writer's name, followed by the writer's fields that it lacks. */
    private static Schema readerSchema(Schema writer) {
        List<Schema.Field> fields = new ArrayList<>();
        SCHEMA.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        for (Schema.Field field : writer.getFields()) {
            if (SCHEMA.getField(field.name()) == null) {
                fields.add(new Schema.Field(field, field.schema()));
            }
        }
        return Schema.createRecord(writer.getName(), null, writer.getNamespace(), false, fields);
    }

    /** The document as a generic record of {@link #schema()}. */
    public static GenericRecord toRecord(Document document) {
        GenericRecord avro = new GenericData.Record(SCHEMA);
        avro.put("id", document.id());
        avro.put("source", document.source());
        avro.put("origin", document.origin());
        avro.put("url", document.url().orElse(null));
        avro.put("text", document.text());
        avro.put("eventTime", document.eventTimeMillis());
        avro.put("language", document.language().orElse(null));
        avro.put("attributes", document.attributes());
        return avro;
    }

    /** The document of a record that has at least the fields of {@link #schema()}. */
    public static Document fromRecord(GenericRecord avro) {
        Map<String, String> attributes = new HashMap<>();
        ((Map<?, ?>) avro.get("attributes"))
                .forEach((name, value) -> attributes.put(name.toString(), value.toString()));
        for (Schema.Field field : avro.getSchema().getFields()) {
            Object value = avro.get(field.pos());
            if (SCHEMA.getField(field.name()) == null && value != null) {
                attributes.put(field.name(), asText(value));
            }
        }
        return new Document(
                avro.get("id").toString(),
                avro.get("source").toString(),
                avro.get("origin").toString(),
                text(avro.get("url")),
                avro.get("text").toString(),
                (Long) avro.get("eventTime"),
                text(avro.get("language")),
                attributes);
    }

    private static String asText(Object value) {
        return value instanceof CharSequence || value instanceof Number || value instanceof Boolean
                ? value.toString()
                : GenericData.get().toString(value);
    }

    private static Optional<String> text(Object value) {
        return Optional.ofNullable(value).map(Object::toString);
    }

    private static Schema load() {
        try (InputStream in = DocumentAvro.class.getResourceAsStream("document-v1.avsc")) {
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException("document-v1.avsc is missing from the build", e);
        }
    }
}
