package org.alluvium.tokenizer.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Builds one message in the Protocol Buffers wire format, field by field. Not thread-safe. */
final class ProtoWriter {

    private static final int VARINT = 0;
    private static final int DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Writes a number unless it is what its absence stands for. */
    void number(int field, long value, long absent) {
        if (value != absent) {
            tag(field, VARINT);
            varint(value);
        }
    }

    void bool(int field, boolean value, boolean absent) {
        number(field, value ? 1 : 0, absent ? 1 : 0);
    }

    void float32(int field, float value, float absent) {
        if (Float.floatToRawIntBits(value) != Float.floatToRawIntBits(absent)) {
            float32(field, value);
        }
    }

    void float32(int field, float value) {
        tag(field, FIXED32);
        int bits = Float.floatToRawIntBits(value);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write(bits >>> shift);
        }
    }

    void string(int field, String value, String absent) {
        if (!value.equals(absent)) {
            delimited(field, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    void strings(int field, List<String> values) {
        for (String value : values) {
            delimited(field, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A byte string or a message. */
    void delimited(int field, byte[] value) {
        tag(field, DELIMITED);
        varint(value.length);
        out.writeBytes(value);
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private void tag(int field, int wireType) {
        varint(((long) field << 3) | wireType);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
