package org.alluvium.tokenizer.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The ids of short chunks that were segmented before, found by their bytes. Bounded: a chunk may put another out, which
 * costs time and changes nothing. The memory of one thread.
 *
 * <p>The memory of a hash is what a cache line of the processor holds, eight longs: two chunks of up to 16 bytes with up to three
 * ids, or one of up to 32 bytes and six. A chunk begins with its first 16 bytes, then two longs with its first two ids (24
 * bits each), its length (6 bits, so 0 is no chunk) and the number of its ids (3 bits); and with its third id and the bits of a
 * float that whoever keeps a chunk may want back. The other half of a long chunk is its last 16 bytes and ids, with a length
 * of 0.
 */
final class ChunkCache {

    /** Longest chunk, in bytes, that is kept. */
    static final int MAX_BYTES = 32;

    /** Most ids of a chunk that is kept. */
    static final int MAX_IDS = 6;

    /** No chunk is here. */
    static final int NONE = -1;

    private static final int LOG_LINES = 15;
    private static final int LINE = 8;
    private static final int HALF = LINE / 2;
    private static final int HALF_BYTES = 16;
    private static final int HALF_IDS = 3;
    private static final int ID_BITS = 24;
    private static final int ID_MASK = (1 << ID_BITS) - 1;
    private static final int LENGTH_SHIFT = 2 * ID_BITS;
    private static final int LENGTH_MASK = 0x3f;
    private static final int COUNT_SHIFT = LENGTH_SHIFT + 6;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long[] lines = new long[LINE << LOG_LINES];

    /** The chunk asked for last. */
    private long key0;

    private long key1;
    private long key2;
    private long key3;
    private int length;
    private int line;

    /** Adds the ids of a chunk to {@code out} if they are known; if not, says false, and {@link #put} takes them. */
    boolean find(byte[] text, int from, int to, Tokens out) {
        int place = place(text, from, to);
        if (place == NONE) {
            return false;
        }
        give(place, out);
        return true;
    }

    /**
     * The place of a chunk if it is known; if not, {@link #NONE}, and {@link #put} takes it.
     *
     * @param text has {@link Normalizer#SLACK} bytes behind {@code to}
     */
    int place(byte[] text, int from, int to) {
        length = to - from;
        if (length > HALF_BYTES) {
            return length > MAX_BYTES ? NONE : placeOfLong(text, from);
        }
        key0 = (long) LONGS.get(text, from) & mask(length);
        key1 = (long) LONGS.get(text, from + Long.BYTES) & mask(length - Long.BYTES);
        line = line(key0 * 0x9E3779B97F4A7C15L ^ (key1 + length) * 0xD6E8FEB86659FD93L);
        if (holds(line)) {
            return line;
        }
        return holds(line + HALF) ? line + HALF : NONE;
    }

    private int placeOfLong(byte[] text, int from) {
        key0 = (long) LONGS.get(text, from);
        key1 = (long) LONGS.get(text, from + Long.BYTES);
        key2 = (long) LONGS.get(text, from + HALF_BYTES) & mask(length - HALF_BYTES);
        key3 = (long) LONGS.get(text, from + HALF_BYTES + Long.BYTES) & mask(length - HALF_BYTES - Long.BYTES);
        long mixed = key0 * 0x9E3779B97F4A7C15L ^ (key1 + length) * 0xD6E8FEB86659FD93L;
        line = line(mixed ^ (mixed >>> 31) ^ key2 * 0xA0761D6478BD642FL ^ key3 * 0xE7037ED1A0B428DBL);
        return holds(line) && lines[line + HALF] == key2 && lines[line + HALF + 1] == key3 ? line : NONE;
    }

    /** The first bytes of eight, none if there are less than one. */
    private static long mask(int bytes) {
        int half = Math.max(0, Math.min(Long.BYTES, bytes)) * Byte.SIZE / 2;
        return ~((-1L << half) << half);
    }

    private static int line(long mixed) {
        long hash = (mixed ^ (mixed >>> 32)) * 0xBF58476D1CE4E5B9L;
        return (int) (hash >>> (Long.SIZE - LOG_LINES)) * LINE;
    }

    private boolean holds(int place) {
        return lines[place] == key0
                && lines[place + 1] == key1
                && (int) (lines[place + 2] >>> LENGTH_SHIFT & LENGTH_MASK) == length;
    }

    /** Adds the ids of the chunk at a place. */
    void give(int place, Tokens out) {
        int count = count(place);
        out.add(first(place));
        for (int i = 1; i < count; i++) {
            out.add(id(place, i));
        }
    }

    int count(int place) {
        return (int) (lines[place + 2] >>> COUNT_SHIFT);
    }

    /** The first id of a chunk; each has one. */
    int first(int place) {
        return (int) lines[place + 2] & ID_MASK;
    }

    int id(int place, int index) {
        int half = index / HALF_IDS;
        int inHalf = index % HALF_IDS;
        long ids = lines[place + half * HALF + 2 + inHalf / 2];
        return (int) (ids >>> (inHalf % 2 * ID_BITS)) & ID_MASK;
    }

    /** The number that was kept with a chunk. */
    float number(int place) {
        return Float.intBitsToFloat((int) (lines[place + 3] >>> 32));
    }

    /** Keeps the ids of the chunk that was asked for last, if it is short enough. */
    void put(int[] ids, int count) {
        put(ids, count, 0);
    }

    /** As {@link #put(int[], int)}, with a number to remember. */
    void put(int[] ids, int count, float number) {
        boolean isLong = length > HALF_BYTES;
        if (count == 0 || length > MAX_BYTES || count > (isLong ? MAX_IDS : HALF_IDS)) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (ids[i] > ID_MASK) {
                return;
            }
        }
        long header = ids(ids, 0, count) | ((long) length << LENGTH_SHIFT) | ((long) count << COUNT_SHIFT);
        long last = id(ids, 2, count) | ((long) Float.floatToRawIntBits(number) << 32);
        if (isLong) {
            fill(line, key0, key1, header, last);
            fill(line + HALF, key2, key3, ids(ids, HALF_IDS, count), id(ids, HALF_IDS + 2, count));
        } else {
            // The newer of two chunks stands first; the half of a long one is none.
            System.arraycopy(lines, line, lines, line + HALF, HALF);
            if ((lines[line + HALF + 2] >>> LENGTH_SHIFT & LENGTH_MASK) > HALF_BYTES) {
                fill(line + HALF, 0, 0, 0, 0);
            }
            fill(line, key0, key1, header, last);
        }
    }

    private static long id(int[] ids, int index, int count) {
        return index < count ? ids[index] : 0;
    }

    private static long ids(int[] ids, int index, int count) {
        return id(ids, index, count) | (id(ids, index + 1, count) << ID_BITS);
    }

    private void fill(int place, long first, long second, long third, long fourth) {
        lines[place] = first;
        lines[place + 1] = second;
        lines[place + 2] = third;
        lines[place + 3] = fourth;
    }
}
