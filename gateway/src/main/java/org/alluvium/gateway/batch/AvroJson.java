package org.alluvium.gateway.batch;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import org.alluvium.contracts.config.FieldsConfig;
import org.alluvium.contracts.document.DocumentAvro;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;

/**
 * Avro records as JSON objects: each field under its own name, so that the source maps them as it maps any producer's JSON.
 * What is null is left out. Timestamps become milliseconds since the epoch, dates ISO 8601, bytes Base64, and numbers that
 * JSON does not know their names.
 *
 * <p>Our own {@code Document} means the same whatever the source calls its fields: each goes under the source's name for
 * it, attributes beside it where no such name is theirs. Its source and origin are left out, since it is about to get new
 * ones. Thread-safe.
 */
final class AvroJson {

    private static final String ATTRIBUTES = "attributes";
    private static final long MICROS = 1_000;
    private static final long NANOS = 1_000_000;

    private final Map<String, String> nameInSource;

    /** @param fields what the source calls the fields of a document */
    AvroJson(FieldsConfig fields) {
        nameInSource = Map.of(
                "id", fields.id(),
                "url", fields.url(),
                "text", fields.text(),
                "eventTime", fields.time().orElse("eventTime"),
                "language", fields.language());
    }

    /** Writes one object. */
    void write(GenericRecord record, JsonGenerator out) throws IOException {
        if (record.getSchema().getFullName().equals(DocumentAvro.schema().getFullName())) {
            writeDocument(record, out);
        } else {
            writeRecord(record, out);
        }
    }

    private void writeDocument(GenericRecord document, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Schema.Field field : document.getSchema().getFields()) {
            String name = nameInSource.get(field.name());
            if (name != null) {
                writeField(name, field.schema(), document.get(field.pos()), out);
            }
        }
        if (document.hasField(ATTRIBUTES)) {
            for (Map.Entry<?, ?> attribute : ((Map<?, ?>) document.get(ATTRIBUTES)).entrySet()) {
                String name = attribute.getKey().toString();
                if (!nameInSource.containsValue(name)) {
                    out.writeStringField(name, attribute.getValue().toString());
                }
            }
        }
        out.writeEndObject();
    }

    private void writeRecord(IndexedRecord record, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Schema.Field field : record.getSchema().getFields()) {
            writeField(field.name(), field.schema(), record.get(field.pos()), out);
        }
        out.writeEndObject();
    }

    private void writeField(String name, Schema schema, Object value, JsonGenerator out) throws IOException {
        if (value != null) {
            out.writeFieldName(name);
            writeValue(schema, value, out);
        }
    }

    private void writeValue(Schema schema, Object value, JsonGenerator out) throws IOException {
        switch (schema.getType()) {
            case NULL -> out.writeNull();
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case INT -> writeInt(schema.getLogicalType(), (Integer) value, out);
            case LONG -> out.writeNumber(millis(schema.getLogicalType(), (Long) value));
            case FLOAT -> out.writeNumber((Float) value);
            case DOUBLE -> out.writeNumber((Double) value);
            case STRING, ENUM -> out.writeString(value.toString());
            case BYTES -> out.writeString(base64((ByteBuffer) value));
            case FIXED -> out.writeString(base64(ByteBuffer.wrap(((GenericFixed) value).bytes())));
            case ARRAY -> writeArray(schema.getElementType(), (Iterable<?>) value, out);
            case MAP -> writeMap(schema.getValueType(), (Map<?, ?>) value, out);
            case RECORD -> writeRecord((IndexedRecord) value, out);
            case UNION -> writeValue(schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value, out);
        }
    }

    private static void writeInt(LogicalType type, int value, JsonGenerator out) throws IOException {
        if (type instanceof LogicalTypes.Date) {
            out.writeString(LocalDate.ofEpochDay(value).toString());
        } else {
            out.writeNumber(value);
        }
    }

    private static long millis(LogicalType type, long value) {
        return switch (type) {
            case LogicalTypes.TimestampMicros _, LogicalTypes.LocalTimestampMicros _ -> Math.floorDiv(value, MICROS);
            case LogicalTypes.TimestampNanos _, LogicalTypes.LocalTimestampNanos _ -> Math.floorDiv(value, NANOS);
            case null, default -> value;
        };
    }

    private void writeArray(Schema elements, Iterable<?> values, JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (Object value : values) {
            writeValue(elements, value, out);
        }
        out.writeEndArray();
    }

    private void writeMap(Schema valueSchema, Map<?, ?> values, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            writeField(entry.getKey().toString(), valueSchema, entry.getValue(), out);
        }
        out.writeEndObject();
    }

    private static String base64(ByteBuffer bytes) {
        return StandardCharsets.US_ASCII
                .decode(Base64.getEncoder().encode(bytes.duplicate()))
                .toString();
    }
}
