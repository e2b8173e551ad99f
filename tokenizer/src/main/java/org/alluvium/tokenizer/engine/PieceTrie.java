package org.alluvium.tokenizer.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;

/**
 * A set of strings with a number each, as a double-array trie (Aoe, "An efficient digital search algorithm by using a
 * double-array structure", 1989), in the form where a child's place is its parent's offset XOR the label. Labels are bytes, or
 * the codes of an {@link Alphabet}. No two nodes have the same offset, so a place that has the right label belongs to the right
 * parent. Immutable and thread-safe.
 *
 * <p>A node is a {@code long}: label in bits 0–17, offset in bits 18–41, number plus one in bits 42–63. Walk it as
 *
 * <pre>
 * long node = root;
 * for (...) {
 *     node = nodes[offset(node) ^ (text[i] &amp; 0xff)];
 *     if (label(node) != (text[i] &amp; 0xff)) break;
 *     int value = value(node);  // -1 where no string ends
 * }
 * </pre>
 */
final class PieceTrie {

    /** The number of a node where no string ends. */
    static final int NONE = -1;

    private static final int LABEL_BITS = 18;
    private static final int OFFSET_BITS = 24;
    private static final int VALUE_SHIFT = LABEL_BITS + OFFSET_BITS;
    private static final int MOST_VALUES = (1 << (Long.SIZE - VALUE_SHIFT)) - 1;
    private static final int LABEL_MASK = (1 << LABEL_BITS) - 1;
    private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;
    private static final long FREE = LABEL_MASK;
    private static final int BYTES = 256;

    final long[] nodes;
    final long root;

    private PieceTrie(long[] nodes, long root) {
        this.nodes = nodes;
        this.root = root;
    }

    static int label(long node) {
        return (int) node & LABEL_MASK;
    }

    static int offset(long node) {
        return (int) (node >>> LABEL_BITS) & OFFSET_MASK;
    }

    static int value(long node) {
        return (int) (node >>> VALUE_SHIFT) - 1;
    }

    /**
     * Builds a trie whose labels are bytes.
     *
     * @param keys different, not empty
     * @param values of the keys, 0 to 2^22 - 2
     */
    static PieceTrie of(byte[][] keys, int[] values) {
        int[][] labels = new int[keys.length][];
        for (int i = 0; i < keys.length; i++) {
            labels[i] = new int[keys[i].length];
            for (int at = 0; at < keys[i].length; at++) {
                labels[i][at] = keys[i][at] & 0xff;
            }
        }
        return of(labels, values, BYTES);
    }

    /**
     * Builds a trie.
     *
     * @param keys different, not empty, of labels
     * @param values of the keys, 0 to 2^22 - 2
     * @param labels labels are smaller than this, at most 2^18 - 1
     */
    static PieceTrie of(int[][] keys, int[] values, int labels) {
        for (int value : values) {
            if (value >= MOST_VALUES) {
                throw new IllegalArgumentException(
                        value + " is more than the " + (MOST_VALUES - 1) + " that fits a node");
            }
        }
        if (labels > LABEL_MASK) {
            throw new IllegalArgumentException(labels + " labels are more than the " + LABEL_MASK + " that fit a node");
        }
        return new Builder(keys, values, labels).build();
    }

    /** The number of exactly these bytes, or {@link #NONE}. */
    int find(byte[] text, int from, int to) {
        long node = root;
        for (int i = from; i < to; i++) {
            int b = text[i] & 0xff;
            node = nodes[offset(node) ^ b];
            if (label(node) != b) {
                return NONE;
            }
        }
        return value(node);
    }

    /** Length of the longest string that the bytes begin with; 0 where there is none. */
    int longest(byte[] text, int from, int to) {
        long node = root;
        int longest = 0;
        for (int i = from; i < to; i++) {
            int b = text[i] & 0xff;
            node = nodes[offset(node) ^ b];
            if (label(node) != b) {
                break;
            }
            if (value(node) != NONE) {
                longest = i + 1 - from;
            }
        }
        return longest;
    }

    private static final class Builder {

        /** Free places looked at in vain before a block counts as full. */
        private static final int PATIENCE = 8;

        /** Children of a node lie in one block of this many places, a power of two. */
        private final int block;

        private final int[][] keys;
        private final int[] values;
        private final int[] labels;
        private final BitSet offsetsUsed = new BitSet();
        private long[] nodes;
        private int firstFree;
        private int end;

        Builder(int[][] someKeys, int[] someValues, int someLabels) {
            block = Integer.highestOneBit(Math.max(1, someLabels - 1)) * 2;
            labels = new int[block];
            nodes = new long[4 * block];
            firstFree = block;
            end = block;
            Integer[] order = new Integer[someKeys.length];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> Arrays.compare(someKeys[a], someKeys[b]));
            keys = new int[order.length][];
            values = new int[order.length];
            for (int i = 0; i < order.length; i++) {
                keys[i] = someKeys[order[i]];
                values[i] = someValues[order[i]];
            }
            Arrays.fill(nodes, FREE);
        }

        /** Keys from first to before last share their first bytes, which the node stands for. */
        private record Range(int place, int depth, int first, int last) {}

        PieceTrie build() {
            Deque<Range> open = new ArrayDeque<>();
            open.add(new Range(0, 0, 0, keys.length));
            while (!open.isEmpty()) {
                expand(open.remove(), open);
            }
            return new PieceTrie(Arrays.copyOf(nodes, end), nodes[0]);
        }

        private void expand(Range range, Deque<Range> open) {
            int first = range.first;
            int value = NONE;
            if (first < range.last && keys[first].length == range.depth) {
                value = values[first++];
            }
            int count = 0;
            for (int i = first; i < range.last; i++) {
                int label = keys[i][range.depth];
                if (count == 0 || labels[count - 1] != label) {
                    labels[count++] = label;
                }
            }
            // A node without children points at the first block, where there is only the root.
            int offset = count == 0 ? 0 : place(count);
            // No byte leads to the root, which has the place of byte 0 in the block of the childless.
            long label = range.place == 0 ? FREE : nodes[range.place] & LABEL_MASK;
            nodes[range.place] = label | ((long) offset << LABEL_BITS) | ((value + 1L) << VALUE_SHIFT);
            int start = first;
            for (int i = 0; i < count; i++) {
                int stop = start;
                while (stop < range.last && keys[stop][range.depth] == labels[i]) {
                    stop++;
                }
                open.add(new Range(offset ^ labels[i], range.depth + 1, start, stop));
                start = stop;
            }
        }

        /** Finds an offset at which the children's places are free, and takes them. */
        private int place(int count) {
            int tried = 0;
            int at = firstFree;
            while (true) {
                ensure(at + 2 * block);
                while (nodes[at] != FREE) {
                    at++;
                    ensure(at + 2 * block);
                }
                int offset = at ^ labels[0];
                if (fits(offset, count)) {
                    for (int i = 0; i < count; i++) {
                        nodes[offset ^ labels[i]] = labels[i];
                    }
                    offsetsUsed.set(offset);
                    end = Math.max(end, (offset | (block - 1)) + 1);
                    return offset;
                }
                at++;
                if (++tried == PATIENCE) {
                    firstFree = Math.max(firstFree, at - PATIENCE);
                }
            }
        }

        private boolean fits(int offset, int count) {
            if (offsetsUsed.get(offset)) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                if (nodes[offset ^ labels[i]] != FREE) {
                    return false;
                }
            }
            return true;
        }

        private void ensure(int size) {
            if (size > OFFSET_MASK) {
                throw new IllegalArgumentException("the strings are more than the " + OFFSET_MASK + " nodes that fit");
            }
            if (size > nodes.length) {
                int old = nodes.length;
                nodes = Arrays.copyOf(nodes, Math.max(size, 2 * old));
                Arrays.fill(nodes, old, nodes.length, FREE);
            }
        }
    }
}
