package org.alluvium.ingest.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The binary encoding of one record, by the schema that wrote it, as a tree of JSON values. Departures from Avro's JSON
 * encoding: a value of a union stands there without the name of its branch. Bytes and fixed are strings of one character
 * from U+0000 to U+00FF for each byte, logical types are what they are stored as.
 *
 * <p>Avro's own reader makes room for as many bytes or items as a length field asks for, and follows a recursive schema as
 * deep as the message leads it; a damaged message is enough to end the process. This reader makes room for nothing that
 * the message does not have bytes for, and knows a deepest level.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro 1.12, binary encoding</a>
 */
public final class AvroBody {

    static final int MAX_DEPTH = 64;

    /** Values that take no bytes, such as nulls, and are not worth more of an argument. */
    private static final int FREE_VALUES = 1000;

    private static final int MAX_VARINT_SHIFT = 63;
    private static final char REPLACEMENT = '\uFFFD';
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ByteBuffer in;
    private long valuesLeft;

    private AvroBody(byte[] message, int from) {
        in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).position(from);
        valuesLeft = in.remaining() + (long) FREE_VALUES;
    }

    /**
     * The record that a message holds from an offset to its end.
     *
     * @param writer the schema of a record, or a union that has one
     * @throws MalformedMessageException if the bytes are not exactly one such record
     */
    public static ObjectNode read(Schema writer, byte[] message, int from) throws MalformedMessageException {
        AvroBody body = new AvroBody(message, from);
        JsonNode value = body.value(writer, 0);
        if (body.in.hasRemaining()) {
            throw new MalformedMessageException(body.in.remaining() + " bytes follow the record of "
                    + writer.getFullName() + ", which ends at byte " + body.in.position());
        }
        if (value instanceof ObjectNode record) {
            return record;
        }
        throw new MalformedMessageException("the message is a " + value.getNodeType() + ", not a record");
    }

    /**
     * The string that a message holds from an offset to its end.
     *
     * @throws MalformedMessageException if the bytes are not exactly one string
     */
    public static String readString(byte[] message, int from) throws MalformedMessageException {
        AvroBody body = new AvroBody(message, from);
        String value = body.string();
        if (body.in.hasRemaining()) {
            throw new MalformedMessageException(body.in.remaining() + " bytes follow the string");
        }
        return value;
    }

    private JsonNode value(Schema schema, int depth) throws MalformedMessageException {
        if (depth > MAX_DEPTH) {
            throw malformed("values are nested more than " + MAX_DEPTH + " deep");
        }
        if (valuesLeft-- == 0) {
            throw malformed("there are more values than bytes");
        }
        return switch (schema.getType()) {
            case NULL -> NullNode.getInstance();
            case BOOLEAN -> bool();
            case INT -> IntNode.valueOf(integer());
            case LONG -> LongNode.valueOf(varint());
            case FLOAT -> FloatNode.valueOf(need(Float.BYTES).getFloat());
            case DOUBLE -> DoubleNode.valueOf(need(Double.BYTES).getDouble());
            case BYTES -> latin1(length());
            case FIXED -> latin1(schema.getFixedSize());
            case STRING -> TextNode.valueOf(string());
            case ENUM ->
                TextNode.valueOf(schema.getEnumSymbols()
                        .get(index(schema.getEnumSymbols().size(), "symbol")));
            case UNION -> value(schema.getTypes().get(index(schema.getTypes().size(), "branch of a union")), depth + 1);
            case ARRAY -> array(schema.getElementType(), depth);
            case MAP -> map(schema.getValueType(), depth);
            case RECORD -> record(schema.getFields(), depth);
        };
    }

    private ObjectNode record(List<Schema.Field> fields, int depth) throws MalformedMessageException {
        ObjectNode record = NODES.objectNode();
        for (Schema.Field field : fields) {
            record.set(field.name(), value(field.schema(), depth + 1));
        }
        return record;
    }

    private ArrayNode array(Schema items, int depth) throws MalformedMessageException {
        ArrayNode array = NODES.arrayNode();
        for (long left = block(); left != 0; left = block()) {
            for (; left > 0; left--) {
                array.add(value(items, depth + 1));
            }
        }
        return array;
    }

    private ObjectNode map(Schema values, int depth) throws MalformedMessageException {
        ObjectNode map = NODES.objectNode();
        for (long left = block(); left != 0; left = block()) {
            for (; left > 0; left--) {
                map.set(string(), value(values, depth + 1));
            }
        }
        return map;
    }

    /** Number of items in the next block. A negative one is followed by the block's size in bytes, which is not needed. */
    private long block() throws MalformedMessageException {
        long count = varint();
        if (count >= 0) {
            return count;
        }
        varint();
        if (count == Long.MIN_VALUE) {
            throw malformed("a block has no number of items");
        }
        return -count;
    }

    private JsonNode bool() throws MalformedMessageException {
        byte value = need(1).get();
        if (value != 0 && value != 1) {
            throw malformed("a boolean is " + value);
        }
        return BooleanNode.valueOf(value == 1);
    }

    private String string() throws MalformedMessageException {
        int length = length();
        int start = in.position();
        String text = new String(in.array(), start, length, StandardCharsets.UTF_8);
        // The JDK decodes fastest this way, and leaves this character where bytes were malformed.
        if (text.indexOf(REPLACEMENT) >= 0) {
            refuseInvalidUtf8(start, length);
        }
        in.position(start + length);
        return text;
    }

    private void refuseInvalidUtf8(int start, int length) throws MalformedMessageException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.array(), start, length));
        } catch (CharacterCodingException invalid) {
            throw malformed("a string is not UTF-8");
        }
    }

    private JsonNode latin1(int length) throws MalformedMessageException {
        need(length);
        String text = new String(in.array(), in.position(), length, StandardCharsets.ISO_8859_1);
        in.position(in.position() + length);
        return TextNode.valueOf(text);
    }

    private int length() throws MalformedMessageException {
        long length = varint();
        if (length < 0 || length > in.remaining()) {
            throw malformed("a length is " + length + ", but " + in.remaining() + " bytes are left");
        }
        return (int) length;
    }

    private int index(int size, String what) throws MalformedMessageException {
        int index = integer();
        if (index < 0 || index >= size) {
            throw malformed("there is no " + what + " " + index);
        }
        return index;
    }

    private int integer() throws MalformedMessageException {
        long value = varint();
        if (value != (int) value) {
            throw malformed("an int is " + value);
        }
        return (int) value;
    }

    /** A zig-zag variable-length integer: seven bits a byte, least significant first, at most 64. */
    private long varint() throws MalformedMessageException {
        long bits = 0;
        for (int shift = 0; shift <= MAX_VARINT_SHIFT; shift += 7) {
            byte next = need(1).get();
            bits |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
        throw malformed("an integer has no end");
    }

    private ByteBuffer need(int bytes) throws MalformedMessageException {
        if (in.remaining() < bytes) {
            throw malformed("the message is cut short");
        }
        return in;
    }

    private MalformedMessageException malformed(String what) {
        return new MalformedMessageException("byte " + in.position() + " of the message: " + what);
    }
}
