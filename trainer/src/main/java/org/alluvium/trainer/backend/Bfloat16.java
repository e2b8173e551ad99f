package org.alluvium.trainer.backend;

/** The 16-bit format with binary32's sign and exponent and 7 bits of its fraction. */
public final class Bfloat16 {

    private static final int DROPPED_BITS = 16;
    private static final int JUST_BELOW_HALF = 0x7fff; // of the last bit that is kept
    private static final short NAN = 0x7fc0;

    private Bfloat16() {}

    /** Rounds to nearest, ties to even. What is too large becomes infinite, and every NaN the same one. */
    public static short fromFloat(float value) {
        if (Float.isNaN(value)) {
            return NAN;
        }
        int bits = Float.floatToRawIntBits(value);
        int odd = (bits >>> DROPPED_BITS) & 1;
        return (short) ((bits + JUST_BELOW_HALF + odd) >>> DROPPED_BITS);
    }

    /** Exact. */
    public static float toFloat(short bits) {
        return Float.intBitsToFloat(bits << DROPPED_BITS);
    }
}
