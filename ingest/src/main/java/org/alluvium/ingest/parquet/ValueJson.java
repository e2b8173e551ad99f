package org.alluvium.ingest.parquet;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.JulianFields;
import java.util.UUID;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Values of a column as JSON: text, enumerations and JSON as strings; dates, times and timestamps as ISO 8601; UUIDs as
 * usual; numbers as numbers, and those that JSON cannot express as strings; other bytes as a string if they are UTF-8, or else
 * in Base64.
 */
final class ValueJson extends PrimitiveConverter {

    private final PrimitiveType type;
    private final LogicalTypeAnnotation logical;
    private final JsonGenerator json;
    private final RowJson.Place place;

    ValueJson(PrimitiveType type, JsonGenerator json, RowJson.Place place) {
        this.type = type;
        this.logical = type.getLogicalTypeAnnotation();
        this.json = json;
        this.place = place;
    }

    @Override
    public void addBinary(Binary value) {
        write(() -> writeBytes(value));
    }

    @Override
    public void addBoolean(boolean value) {
        write(() -> json.writeBoolean(value));
    }

    @Override
    public void addDouble(double value) {
        write(() -> {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeString(Double.toString(value));
            }
        });
    }

    @Override
    public void addFloat(float value) {
        write(() -> {
            if (Float.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeString(Float.toString(value));
            }
        });
    }

    @Override
    public void addInt(int value) {
        write(() -> {
            if (logical instanceof DateLogicalTypeAnnotation) {
                json.writeString(LocalDate.ofEpochDay(value).toString());
            } else if (isUnsigned()) {
                json.writeNumber(Integer.toUnsignedLong(value));
            } else {
                writeInteger(value);
            }
        });
    }

    @Override
    public void addLong(long value) {
        write(() -> {
            if (isUnsigned()) {
                json.writeNumber(new BigInteger(Long.toUnsignedString(value)));
            } else {
                writeInteger(value);
            }
        });
    }

    private void write(RowJson.Writing value) {
        RowJson.write(() -> {
            place.enter();
            value.write();
        });
    }

    private boolean isUnsigned() {
        return logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned();
    }

    private void writeInteger(long value) throws IOException {
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            json.writeNumber(BigDecimal.valueOf(value, decimal.getScale()));
        } else if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
            json.writeString(
                    timestamp(Instant.EPOCH.plus(value, unit(timestamp.getUnit())), timestamp.isAdjustedToUTC()));
        } else if (logical instanceof TimeLogicalTypeAnnotation time) {
            json.writeString(
                    LocalTime.MIDNIGHT.plus(value, unit(time.getUnit())).toString());
        } else {
            json.writeNumber(value);
        }
    }

    private static String timestamp(Instant instant, boolean isInstant) {
        return isInstant
                ? instant.toString()
                : LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
    }

    private static ChronoUnit unit(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> ChronoUnit.MILLIS;
            case MICROS -> ChronoUnit.MICROS;
            case NANOS -> ChronoUnit.NANOS;
        };
    }

    private void writeBytes(Binary value) throws IOException {
        byte[] bytes = value.getBytesUnsafe();
        if (isText()) {
            json.writeUTF8String(bytes, 0, bytes.length);
        } else if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            json.writeNumber(new BigDecimal(new BigInteger(bytes), decimal.getScale()));
        } else if (logical instanceof UUIDLogicalTypeAnnotation) {
            ByteBuffer uuid = ByteBuffer.wrap(bytes);
            json.writeString(new UUID(uuid.getLong(), uuid.getLong()).toString());
        } else if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
            json.writeString(int96(bytes).toString());
        } else if (type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY && isUtf8(bytes)) {
            json.writeUTF8String(bytes, 0, bytes.length);
        } else {
            json.writeBinary(bytes);
        }
    }

    private boolean isText() {
        return logical instanceof StringLogicalTypeAnnotation
                || logical instanceof EnumLogicalTypeAnnotation
                || logical instanceof JsonLogicalTypeAnnotation;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }

    /** The timestamp of older writers: nanoseconds of the day, then the Julian day. */
    private static Instant int96(byte[] bytes) {
        ByteBuffer value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = value.getLong();
        LocalDate day = LocalDate.EPOCH.with(JulianFields.JULIAN_DAY, value.getInt());
        return day.atStartOfDay().toInstant(ZoneOffset.UTC).plusNanos(nanos);
    }
}
