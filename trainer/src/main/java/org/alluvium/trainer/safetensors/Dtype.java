package org.alluvium.trainer.safetensors;

import java.nio.ByteBuffer;

/** How a number is stored in a file, by the name that the format gives it. Buffers are little-endian. */
public enum Dtype {
    /** IEEE 754 binary32. */
    F32(Float.BYTES) {
        @Override
        void read(ByteBuffer from, float[] to, int offset, int count) {
            from.asFloatBuffer().get(to, offset, count);
        }

        @Override
        void write(ByteBuffer to, float[] from, int offset, int count) {
            to.asFloatBuffer().put(from, offset, count);
        }
    },

    /** The upper half of a binary32. */
    BF16(Short.BYTES) {
        @Override
        void read(ByteBuffer from, float[] to, int offset, int count) {
            for (int i = 0; i < count; i++) {
                to[offset + i] = Float.intBitsToFloat(from.getShort(i * Short.BYTES) << Short.SIZE);
            }
        }

        @Override
        void write(ByteBuffer to, float[] from, int offset, int count) {
            for (int i = 0; i < count; i++) {
                to.putShort(i * Short.BYTES, bfloat16(from[offset + i]));
            }
        }
    },

    /** IEEE 754 binary16. */
    F16(Short.BYTES) {
        @Override
        void read(ByteBuffer from, float[] to, int offset, int count) {
            for (int i = 0; i < count; i++) {
                to[offset + i] = Float.float16ToFloat(from.getShort(i * Short.BYTES));
            }
        }

        @Override
        void write(ByteBuffer to, float[] from, int offset, int count) {
            for (int i = 0; i < count; i++) {
                to.putShort(i * Short.BYTES, Float.floatToFloat16(from[offset + i]));
            }
        }
    };

    private final int bytes;

    Dtype(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes that a number takes. */
    public int bytes() {
        return bytes;
    }

    /** Takes numbers from the beginning of a buffer. */
    abstract void read(ByteBuffer from, float[] to, int offset, int count);

    /** Puts numbers at the beginning of a buffer, each rounded to the nearest that this type has, ties to even. */
    abstract void write(ByteBuffer to, float[] from, int offset, int count);

    private static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int nearestEven = bits + 0x7FFF + (bits >>> Short.SIZE & 1);
        int rounded = Float.isNaN(value) ? bits | 0x400000 : nearestEven; // a NaN must not become an infinity
        return (short) (rounded >>> Short.SIZE);
    }
}
