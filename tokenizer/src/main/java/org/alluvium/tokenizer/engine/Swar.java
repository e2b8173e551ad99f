package org.alluvium.tokenizer.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Several bytes of a text at once, in one register. */
final class Swar {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long HIGH = 0x8080808080808080L;
    private static final long LOW = ~HIGH;
    private static final long ONES = 0x0101010101010101L;
    private static final int FIRST_PRINTABLE = '!';
    private static final int LAST_PRINTABLE = '~';

    /** The bits that tell that three bytes are one character: of the first 1110, of the others 10. */
    private static final int FORM = 0xc0c0f0;

    private static final int OF_THREE = 0x8080e0;

    private Swar() {}

    /** Eight bytes, the first one lowest. */
    static long get(byte[] text, int at) {
        return (long) LONGS.get(text, at);
    }

    static void put(byte[] text, int at, long word) {
        LONGS.set(text, at, word);
    }

    /** Copies four bytes. */
    static void copyInt(byte[] from, int at, byte[] to, int place) {
        INTS.set(to, place, (int) INTS.get(from, at));
    }

    static void putInt(byte[] text, int at, int word) {
        INTS.set(text, at, word);
    }

    static boolean isPrintable(int b) {
        return b >= FIRST_PRINTABLE && b <= LAST_PRINTABLE;
    }

    /** How many of the first bytes of eight are ASCII, neither controls nor spaces. */
    static int printable(long word) {
        long atLeastFirst = (word | HIGH) - FIRST_PRINTABLE * ONES;
        long aboveLast = (word & LOW) + (0x7f - LAST_PRINTABLE) * ONES;
        long others = (~atLeastFirst | aboveLast | word) & HIGH;
        return Long.numberOfTrailingZeros(others) / Byte.SIZE;
    }

    /** The character of the three bytes at a place, which a fourth one follows; negative if these do not form one. */
    static int characterOfThree(byte[] text, int at) {
        int word = (int) INTS.get(text, at);
        return (word & FORM) == OF_THREE ? (word & 0x0f) << 12 | (word >> 2 & 0xfc0) | (word >> 16 & 0x3f) : -1;
    }
}
