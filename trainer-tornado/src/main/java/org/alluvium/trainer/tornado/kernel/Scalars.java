package org.alluvium.trainer.tornado.kernel;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** How kernels read scalars and round what they store. Bits move by shifts with a sign only: others are miscompiled. */
final class Scalars {

    private static final int KEPT_BITS = 0xffff0000;
    private static final int JUST_BELOW_HALF = 0x7fff; // of the last bit that is kept

    private Scalars() {}

    static float real(IntArray arguments, int at) {
        return Float.intBitsToFloat(arguments.get(at));
    }

    /** The value, or the nearest BF16 if asked. */
    static float stored(float value, int rounded) {
        if (rounded == 0 || Float.isNaN(value)) {
            return value;
        }
        int bits = Float.floatToRawIntBits(value);
        int odd = (bits >> 16) & 1;
        return Float.intBitsToFloat((bits + JUST_BELOW_HALF + odd) & KEPT_BITS);
    }
}
