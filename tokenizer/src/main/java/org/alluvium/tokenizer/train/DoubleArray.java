package org.alluvium.tokenizer.train;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.alluvium.contracts.error.ConfigException;

/**
 * A trie in two arrays that are one (Aoe 1989), in the layout of Darts-clone, which SentencePiece reads. A unit of 32 bits is
 *
 * <pre>
 * an inner node   bits 0-7 label, bit 8 whether a value ends here, bit 9 whether the offset is in units of 256, bits 10-30 offset
 * a value         bit 31 set, bits 0-30 the value
 * </pre>
 *
 * A node's children are around {@code base = node ^ offset}: the child for byte {@code b} at {@code base ^ b}, the value at
 * {@code base}. Unlike Darts-clone we share no suffixes, so the array is larger, and finds the same.
 */
final class DoubleArray {

    private static final int BLOCK = 256;
    private static final int HAS_VALUE = 1 << 8;
    private static final int FAR = 1 << 9;
    private static final int OFFSET_SHIFT = 10;
    private static final int NEAR_OFFSETS = 1 << 21;
    private static final int VALUE = 1 << 31;

    private final List<byte[]> keys;
    private final int[] values;
    private final BitSet used = new BitSet();

    /** Bases of nodes; two nodes with one base would have each other's children. */
    private final BitSet bases = new BitSet();

    private int[] units = new int[BLOCK];
    private int firstFree = 1;

    private DoubleArray(List<byte[]> keys, int[] values) {
        this.keys = keys;
        this.values = values;
    }

    /**
     * Builds the units.
     *
     * @param keys in the order of their bytes as unsigned numbers, all different, none empty, without zero bytes
     * @param values at least 0, one a key
     */
    static int[] build(List<byte[]> keys, int[] values) {
        DoubleArray array = new DoubleArray(keys, values);
        array.used.set(0);
        if (!keys.isEmpty()) {
            array.place(0, 0, keys.size(), 0);
        }
        return array.units;
    }

    /** Lays out the children of a node, which the keys {@code from} to {@code to - 1} pass at depth {@code depth}. */
    private void place(int node, int from, int to, int depth) {
        byte[] labels = labels(from, to, depth);
        boolean ends = keys.get(from).length == depth;
        int base = freeBase(labels, ends, node);
        units[node] |= encodeOffset(node ^ base) | (ends ? HAS_VALUE : 0);
        if (ends) {
            used.set(base);
            units[base] = VALUE | values[from];
        }
        for (byte label : labels) {
            int child = base ^ (label & 0xFF);
            used.set(child);
            units[child] = label & 0xFF;
        }
        int begin = ends ? from + 1 : from;
        for (byte label : labels) {
            int end = begin;
            while (end < to && keys.get(end)[depth] == label) {
                end++;
            }
            place(base ^ (label & 0xFF), begin, end, depth + 1);
            begin = end;
        }
    }

    private byte[] labels(int from, int to, int depth) {
        byte[] labels = new byte[BLOCK];
        int count = 0;
        for (int i = from; i < to; i++) {
            byte[] key = keys.get(i);
            if (key.length > depth && (count == 0 || labels[count - 1] != key[depth])) {
                labels[count++] = key[depth];
            }
        }
        return Arrays.copyOf(labels, count);
    }

    /** The lowest base at which all children are free and whose offset can be written. */
    private int freeBase(byte[] labels, boolean ends, int node) {
        int probe = ends ? 0 : labels[0] & 0xFF;
        firstFree = used.nextClearBit(firstFree);
        for (int slot = firstFree; ; slot = used.nextClearBit(slot + 1)) {
            int base = slot ^ probe;
            if (isFree(base, labels, ends) && isEncodable(node ^ base)) {
                ensure(base);
                bases.set(base);
                return base;
            }
        }
    }

    private boolean isFree(int base, byte[] labels, boolean ends) {
        // A base of 0 would make the first unit a child of itself.
        if (base == 0 || bases.get(base) || (ends && used.get(base))) {
            return false;
        }
        for (byte label : labels) {
            if (used.get(base ^ (label & 0xFF))) {
                return false;
            }
        }
        return true;
    }

    private void ensure(int base) {
        int blockEnd = (base | (BLOCK - 1)) + 1;
        if (blockEnd > units.length) {
            units = Arrays.copyOf(units, blockEnd);
        }
    }

    private static boolean isEncodable(int offset) {
        if (offset >= NEAR_OFFSETS << 8) {
            throw new ConfigException(
                    "there are too many rules", "the normalization rules", "Write fewer or shorter rules.");
        }
        return offset < NEAR_OFFSETS || (offset & (BLOCK - 1)) == 0;
    }

    private static int encodeOffset(int offset) {
        return offset < NEAR_OFFSETS ? offset << OFFSET_SHIFT : (offset << (OFFSET_SHIFT - 8)) | FAR;
    }

    /** Whether a node ends a key. */
    static boolean hasValue(int unit) {
        return (unit & HAS_VALUE) != 0;
    }

    /** The value in a unit that is one. */
    static int value(int unit) {
        return unit & ~VALUE;
    }

    /** The byte that leads to a node; never equal to one for a value. */
    static int label(int unit) {
        return unit & (VALUE | 0xFF);
    }

    /** What a node's number is combined with for its base. */
    static int offset(int unit) {
        return (unit >>> OFFSET_SHIFT) << ((unit & FAR) >>> 6);
    }
}
