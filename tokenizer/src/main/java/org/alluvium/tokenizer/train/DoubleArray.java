package org.alluvium.tokenizer.train;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * {@code base}. What is the same below several nodes is there once (Daciuk et al. 2000), as in Darts-clone.
 */
final class DoubleArray {

    private static final int BLOCK = 256;
    private static final int HAS_VALUE = 1 << 8;
    private static final int FAR = 1 << 9;
    private static final int OFFSET_SHIFT = 10;
    private static final int NEAR_OFFSETS = 1 << 21;
    private static final int VALUE = 1 << 31;
    private static final int NO_VALUE = -1;

    private final List<byte[]> keys;
    private final int[] values;
    /** What is below nodes, by number: a value or -1, and then for each child its label and the number of what is below it. */
    private final Map<IntBuffer, Integer> numbers = new HashMap<>();

    private final List<int[]> belows = new ArrayList<>();
    private int[] baseOf = {};
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
            int root = array.number(0, keys.size(), 0);
            array.baseOf = new int[array.belows.size()];
            array.place(0, root);
        }
        return array.units;
    }

    /** The number of what is below a node that the keys {@code from} to {@code to - 1} pass at depth {@code depth}. */
    private int number(int from, int to, int depth) {
        boolean ends = keys.get(from).length == depth;
        int[] content = new int[1 + 2 * Math.min(BLOCK, to - from)];
        int size = 0;
        content[size++] = ends ? values[from] : NO_VALUE;
        int begin = ends ? from + 1 : from;
        while (begin < to) {
            byte label = keys.get(begin)[depth];
            int end = begin;
            while (end < to && keys.get(end)[depth] == label) {
                end++;
            }
            content[size++] = label & 0xFF;
            content[size++] = number(begin, end, depth + 1);
            begin = end;
        }
        int[] below = Arrays.copyOf(content, size);
        Integer known = numbers.putIfAbsent(IntBuffer.wrap(below), belows.size());
        if (known == null) {
            belows.add(below);
            return belows.size() - 1;
        }
        return known;
    }

    /** Lays out what is below a node, where the same is not laid out already. */
    private void place(int node, int number) {
        int[] below = belows.get(number);
        boolean ends = below[0] != NO_VALUE;
        int base = baseOf[number];
        boolean isNew = base == 0;
        if (isNew) {
            base = freeBase(below, ends, node);
            baseOf[number] = base;
        }
        units[node] |= encodeOffset(node ^ base) | (ends ? HAS_VALUE : 0);
        if (!isNew) {
            return;
        }
        if (ends) {
            used.set(base);
            units[base] = VALUE | below[0];
        }
        for (int i = 1; i < below.length; i += 2) {
            used.set(base ^ below[i]);
            units[base ^ below[i]] = below[i];
        }
        for (int i = 1; i < below.length; i += 2) {
            place(base ^ below[i], below[i + 1]);
        }
    }

    /** The lowest base at which all children are free and whose offset can be written. */
    private int freeBase(int[] below, boolean ends, int node) {
        int probe = ends ? 0 : below[1];
        firstFree = used.nextClearBit(firstFree);
        for (int slot = firstFree; ; slot = used.nextClearBit(slot + 1)) {
            int base = slot ^ probe;
            if (isFree(base, below, ends) && isEncodable(node ^ base)) {
                ensure(base);
                bases.set(base);
                return base;
            }
        }
    }

    private boolean isFree(int base, int[] below, boolean ends) {
        // A base of 0 would make the first unit a child of itself.
        if (base == 0 || bases.get(base) || (ends && used.get(base))) {
            return false;
        }
        for (int i = 1; i < below.length; i += 2) {
            if (used.get(base ^ below[i])) {
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
            throw tooMany();
        }
        return offset < NEAR_OFFSETS || (offset & (BLOCK - 1)) == 0;
    }

    private static int encodeOffset(int offset) {
        if (!isEncodable(offset)) {
            throw tooMany();
        }
        return offset < NEAR_OFFSETS ? offset << OFFSET_SHIFT : (offset << (OFFSET_SHIFT - 8)) | FAR;
    }

    private static ConfigException tooMany() {
        return new ConfigException(
                "there are too many rules", "the normalization rules", "Write fewer or shorter rules.");
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
