package org.alluvium.ingest.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.access.HttpAccess;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.config.AccessConfig;
import org.alluvium.contracts.config.KafkaConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.ingest.avro.AvroBody;
import org.alluvium.ingest.avro.AvroFraming;
import org.alluvium.ingest.avro.HttpSchemaRegistry;
import org.alluvium.ingest.avro.MalformedMessageException;
import org.alluvium.ingest.avro.SchemaRegistry;
import org.alluvium.ingest.avro.UnknownSchemaException;
import org.alluvium.ingest.record.FieldValue.Kind;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/**
 * One Avro record a message, written by any schema, framed as {@link AvroFraming} says; its fields as {@link FieldMapping}
 * says. A field that is null counts as absent. An event time with one of Avro's logical types of dates and timestamps is
 * converted to milliseconds. A map {@code attributes}, as our own schema has it, becomes attributes one by one; other
 * values that are not single become attributes in JSON.
 */
final class AvroFormat implements DocumentFormat {

    private static final String ATTRIBUTES = "attributes";
    private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final AvroFraming framing;
    private final FieldMapping mapping;

    AvroFormat(AvroFraming framing, FieldMapping mapping) {
        this.framing = framing;
        this.mapping = mapping;
    }

    static AvroFormat of(SourceConfig source) {
        Optional<KafkaConfig> kafka = source.kafka();
        AvroFraming framing = new AvroFraming(
                kafka.flatMap(AvroFormat::registry),
                kafka.flatMap(KafkaConfig::schema).map(AvroFormat::schema));
        return new AvroFormat(framing, new FieldMapping(source.fields()));
    }

    private static Optional<SchemaRegistry> registry(KafkaConfig kafka) {
        HttpAccess access = new HttpAccess(kafka.registryAccess().orElse(AccessConfig.NONE), "kafka.registryAccess");
        return kafka.registry()
                .map(address -> HttpSchemaRegistry.at(URI.create(address), access, WallClock.ofThisProcess()));
    }

    private static Schema schema(Path file) {
        try {
            return new Schema.Parser().parse(file.toFile());
        } catch (IOException | AvroRuntimeException unusable) {
            throw new ConfigException(
                    "the schema cannot be used (" + unusable.getMessage() + ")",
                    file.toString(),
                    "Let kafka.schema of the source name a readable Avro schema (.avsc)",
                    unusable);
        }
    }

    @Override
    public Reading parse(SourceRecord.Content content) throws RefusedException {
        try {
            AvroFraming.Opened opened = framing.open(content.bytes());
            ObjectNode body = AvroBody.read(opened.writer(), content.bytes(), opened.bodyOffset());
            Map<String, String> attributes = takeAttributes(body);
            return mapping.read(fields(opened.writer(), body), attributes);
        } catch (MalformedMessageException malformed) {
            throw new RefusedException(DeadLetterReason.MALFORMED_AVRO, malformed.getMessage());
        } catch (UnknownSchemaException unknown) {
            throw new RefusedException(DeadLetterReason.UNKNOWN_SCHEMA, unknown.getMessage());
        }
    }

    private Map<String, FieldValue> fields(Schema writer, ObjectNode body) throws RefusedException {
        Map<String, FieldValue> fields = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (!field.getValue().isNull()) {
                fields.put(field.getKey(), value(field.getValue()));
            }
        }
        for (String time : mapping.times()) {
            fields.computeIfPresent(
                    time,
                    (name, value) -> value.kind() == Kind.INTEGER ? millis(value, logicalType(writer, name)) : value);
        }
        return fields;
    }

    private static Map<String, String> takeAttributes(ObjectNode body) throws RefusedException {
        Map<String, String> attributes = new HashMap<>();
        if (body.path(ATTRIBUTES).isObject()) {
            for (Map.Entry<String, JsonNode> attribute : body.remove(ATTRIBUTES).properties()) {
                attributes.put(
                        Utf8.wellFormed(attribute.getKey()),
                        value(attribute.getValue()).text());
            }
        }
        return attributes;
    }

    private static FieldValue value(JsonNode value) throws RefusedException {
        if (value.isTextual()) {
            return FieldValue.string(Utf8.wellFormed(value.textValue()));
        }
        if (value.isIntegralNumber()) {
            return FieldValue.integer(value.longValue());
        }
        boolean isTrue = value.isBoolean() && value.booleanValue();
        return new FieldValue(isTrue ? Kind.TRUE : Kind.OTHER, value.toString());
    }

    private static FieldValue millis(FieldValue integer, String logicalType) {
        long value = Long.parseLong(integer.text());
        return FieldValue.integer(
                switch (logicalType) {
                    case "date" -> value * MILLIS_PER_DAY;
                    case "timestamp-micros", "local-timestamp-micros" -> Math.floorDiv(value, MICROS_PER_MILLI);
                    case "timestamp-nanos", "local-timestamp-nanos" -> Math.floorDiv(value, NANOS_PER_MILLI);
                    default -> value;
                });
    }

    /** Name of the logical type of a field, or of what it is where it is not null; empty without one. */
    private static String logicalType(Schema writer, String name) {
        Schema.Field field = writer.getType() == Schema.Type.RECORD ? writer.getField(name) : null;
        if (field == null) {
            return "";
        }
        Schema schema = field.schema();
        return (schema.isUnion() ? schema.getTypes().stream() : Stream.of(schema))
                .map(Schema::getLogicalType)
                .filter(Objects::nonNull)
                .map(LogicalType::getName)
                .findFirst()
                .orElse("");
    }
}
