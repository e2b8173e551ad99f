package org.alluvium.tokenizer.engine;

import java.util.Map;

/**
 * Finds the longest of a set of strings that begins at a place of a text: pieces that users defined, added tokens. A trie
 * over bytes. Immutable and thread-safe.
 */
final class Prefixes {

    /** What {@link #longest} answers where none of the strings begins. */
    static final int NONE = -1;

    private static final int ROOT = 0;

    /** From a node and a byte to the next node, with one more than the id of the string that ends there above it. */
    private final PairTable edges;

    private final boolean[] firsts = new boolean[256];
    private final int[] lengths;

    private Prefixes(Map<Integer, byte[]> strings) {
        int bytes = strings.values().stream().mapToInt(string -> string.length).sum();
        int highest =
                strings.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
        this.edges = new PairTable(bytes);
        this.lengths = new int[highest + 1];
    }

    /**
     * @param strings by id; none of them empty
     */
    static Prefixes of(Map<Integer, byte[]> strings) {
        Prefixes prefixes = new Prefixes(strings);
        int nodes = ROOT + 1;
        for (Map.Entry<Integer, byte[]> string : strings.entrySet()) {
            nodes = prefixes.add(string.getKey(), string.getValue(), nodes);
        }
        return prefixes;
    }

    private int add(int id, byte[] string, int nodes) {
        firsts[string[0] & 0xFF] = true;
        lengths[id] = string.length;
        int used = nodes;
        int node = ROOT;
        for (int i = 0; i < string.length; i++) {
            long edge = edges.get(node, string[i]);
            if (edge == PairTable.NONE) {
                edge = used++;
            }
            long ending = i + 1 < string.length ? edge >>> 32 : id + 1L;
            edge = (ending << 32) | (edge & 0xFFFFFFFFL);
            edges.put(node, string[i], edge);
            node = (int) edge;
        }
        return used;
    }

    /** The id of the longest string that begins at {@code at} and ends before {@code to}, or {@link #NONE}. */
    int longest(byte[] text, int at, int to) {
        if (!firsts[text[at] & 0xFF]) {
            return NONE;
        }
        int longest = NONE;
        int node = ROOT;
        for (int i = at; i < to; i++) {
            long edge = edges.get(node, text[i]);
            if (edge == PairTable.NONE) {
                break;
            }
            int ending = (int) (edge >>> 32);
            longest = ending > 0 ? ending - 1 : longest;
            node = (int) edge;
        }
        return longest;
    }

    /** Bytes of the string with the given id. */
    int length(int id) {
        return lengths[id];
    }
}
