package org.alluvium.tokenizer.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.alluvium.contracts.error.DataException;

/**
 * Walks over one message in the Protocol Buffers wire format. Every length and every varint is checked against the end of
 * the message, so that a damaged file gives a {@link DataException} with the offset of the damage and nothing else.
 *
 * <p>Usage: {@code while (reader.next()) switch (reader.field()) { ... default -> reader.skip(); }}; every case must take
 * the value exactly once.
 */
final class ProtoReader {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private final String file;
    private final int limit;
    private int position;
    private int field;
    private int wireType;

    ProtoReader(byte[] bytes, String file) {
        this(bytes, file, 0, bytes.length);
    }

    private ProtoReader(byte[] bytes, String file, int start, int limit) {
        this.bytes = bytes;
        this.file = file;
        this.position = start;
        this.limit = limit;
    }

    /** Moves to the next field; false at the end of the message. */
    boolean next() {
        if (position == limit) {
            return false;
        }
        long tag = readVarint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (tag >>> 32 != 0 || field == 0) {
            throw damaged("field number " + (tag >>> 3) + " is not valid");
        }
        return true;
    }

    int field() {
        return field;
    }

    long varint() {
        expect(VARINT);
        return readVarint();
    }

    boolean bool() {
        return varint() != 0;
    }

    float float32() {
        expect(FIXED32);
        int start = advance(4);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(start);
    }

    byte[] byteString() {
        int start = delimited();
        return Arrays.copyOfRange(bytes, start, position);
    }

    String string() {
        int start = delimited();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, position - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw damaged("a string is not valid UTF-8");
        }
    }

    ProtoReader message() {
        int start = delimited();
        return new ProtoReader(bytes, file, start, position);
    }

    void skip() {
        switch (wireType) {
            case VARINT -> readVarint();
            case FIXED64 -> advance(8);
            case DELIMITED -> delimited();
            case FIXED32 -> advance(4);
            default -> throw damaged("wire type " + wireType + " is not valid");
        }
    }

    DataException damaged(String what) {
        return new DataException(
                what,
                file + " at byte " + position,
                "The file is not a SentencePiece model or is damaged: restore it, or train it again with 'alluvium tokenizer train'.");
    }

    private void expect(int type) {
        if (wireType != type) {
            throw damaged("field " + field + " has wire type " + wireType + " where " + type + " belongs");
        }
    }

    /** Skips the delimited value and gives its start; its end is then {@link #position}. */
    private int delimited() {
        expect(DELIMITED);
        long length = readVarint();
        if (length < 0 || length > limit - position) {
            throw damaged("a value of " + Long.toUnsignedString(length) + " bytes reaches past the end");
        }
        return advance((int) length);
    }

    private int advance(int count) {
        if (count > limit - position) {
            throw damaged("the file ends inside a value");
        }
        int start = position;
        position += count;
        return start;
    }

    private long readVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes[advance(1)];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged("a number is longer than 10 bytes");
    }
}
