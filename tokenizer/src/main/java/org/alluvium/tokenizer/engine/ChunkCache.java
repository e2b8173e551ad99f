package org.alluvium.tokenizer.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The ids of short chunks that were segmented before, found by their bytes. Bounded: a chunk may put another out, which
 * costs time and changes nothing. The memory of one thread, 64 bytes a chunk.
 *
 * <p>A line is 16 ints: length and number of ids, eight for the bytes of the chunk, six for its ids, and the bits of its margin,
 * a number that whoever keeps a chunk may want back. A chunk has two lines that it may be in.
 */
final class ChunkCache {

    /** Longest chunk, in bytes, that is kept. */
    static final int MAX_BYTES = 32;

    /** Most ids of a chunk that is kept. */
    static final int MAX_IDS = 6;

    /** No chunk is in this line. */
    static final int NONE = -1;

    private static final int LOG_LINES = 15;
    private static final int LINE = 16;
    private static final int IDS = 9;
    private static final int MARGIN = IDS + MAX_IDS;
    private static final int LENGTH_BITS = 8;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final int[] lines = new int[LINE << LOG_LINES];

    /** The chunk asked for last: its bytes, and the first of its lines. */
    private final int[] key = new int[MAX_BYTES / Integer.BYTES];

    private int words;
    private int length;
    private int first;

    /** Adds the ids of a chunk to {@code out} if they are known; if not, says false, and {@link #put} takes them. */
    boolean find(byte[] text, int from, int to, Tokens out) {
        int line = line(text, from, to);
        if (line == NONE) {
            return false;
        }
        give(line, out);
        return true;
    }

    /** The line of a chunk if it is known; if not, {@link #NONE}, and {@link #put} takes it. */
    int line(byte[] text, int from, int to) {
        length = to - from;
        if (length > MAX_BYTES) {
            return NONE;
        }
        read(text, from);
        if (holds(first)) {
            return first;
        }
        return holds(first ^ LINE) ? first ^ LINE : NONE;
    }

    /** Adds the ids of the chunk in a line. */
    void give(int line, Tokens out) {
        out.addAll(lines, line + IDS, count(line));
    }

    int count(int line) {
        return lines[line] >>> LENGTH_BITS;
    }

    int id(int line, int place) {
        return lines[line + IDS + place];
    }

    float margin(int line) {
        return Float.intBitsToFloat(lines[line + MARGIN]);
    }

    /** Keeps the ids of the chunk that was asked for last, if it is short enough. */
    void put(int[] ids, int count) {
        put(ids, count, 0);
    }

    /** As {@link #put(int[], int)}, with a number to remember. */
    void put(int[] ids, int count, float margin) {
        if (length > MAX_BYTES || count > MAX_IDS) {
            return;
        }
        int line = lines[first] == 0 ? first : first ^ LINE;
        lines[line] = length | (count << LENGTH_BITS);
        System.arraycopy(key, 0, lines, line + 1, words);
        System.arraycopy(ids, 0, lines, line + IDS, count);
        lines[line + MARGIN] = Float.floatToRawIntBits(margin);
    }

    private boolean holds(int line) {
        if ((lines[line] & ((1 << LENGTH_BITS) - 1)) != length) {
            return false;
        }
        for (int i = 0; i < words; i++) {
            if (lines[line + 1 + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    private void read(byte[] text, int from) {
        words = (length + Integer.BYTES - 1) / Integer.BYTES;
        long hash = length;
        for (int i = 0; i < words; i++) {
            int at = from + i * Integer.BYTES;
            int word = at + Integer.BYTES <= text.length ? (int) INTS.get(text, at) : tail(text, at);
            int excess = (i + 1) * Integer.BYTES - length;
            if (excess > 0) {
                word &= -1 >>> (excess * Byte.SIZE);
            }
            key[i] = word;
            hash = (hash ^ word) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        first = (int) ((hash * 0xBF58476D1CE4E5B9L) >>> (Long.SIZE - LOG_LINES)) * LINE;
    }

    private static int tail(byte[] text, int at) {
        int word = 0;
        for (int i = text.length - 1; i >= at; i--) {
            word = (word << Byte.SIZE) | (text[i] & 0xFF);
        }
        return word;
    }
}
