package org.alluvium.trainer.backend;

/** How an element of a {@link Tensor} is stored; arithmetic is in single precision or better whatever the type. */
public enum ElementType {
    /** IEEE 754 binary32. */
    F32(Float.BYTES) {
        @Override
        public float round(float value) {
            return value;
        }
    },
    /** The upper half of a binary32, as in {@link Bfloat16}. */
    BF16(Short.BYTES) {
        @Override
        public float round(float value) {
            return Bfloat16.toFloat(Bfloat16.fromFloat(value));
        }
    };

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of an element. */
    public int bytes() {
        return bytes;
    }

    /** The value that is read back after this one was stored. */
    public abstract float round(float value);
}
