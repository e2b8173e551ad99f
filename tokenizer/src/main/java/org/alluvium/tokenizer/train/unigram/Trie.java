package org.alluvium.tokenizer.train.unigram;

import java.util.Arrays;

/** Finds all pieces that a position begins. Children are in one hash table, by their parent and letter. */
final class Trie {

    static final int ROOT = 0;
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 1 << 12;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[FIRST_CAPACITY];
    private int[] children = new int[FIRST_CAPACITY];
    private int[] pieces = new int[FIRST_CAPACITY];
    private int nodes = 1;

    /** The trie of all pieces, each under its number. */
    static Trie of(Pieces pieces, int[] letters) {
        Trie trie = new Trie();
        for (int piece = 0; piece < pieces.size(); piece++) {
            int node = ROOT;
            for (int at = pieces.offset(piece); at < pieces.end(piece); at++) {
                node = trie.childOrNew(node, letters[at]);
            }
            trie.pieces[node] = piece + 1;
        }
        return trie;
    }

    /** The node below a node, or {@link #NONE}. */
    int child(int node, int letter) {
        int slot = slot(key(node, letter));
        return keys[slot] == 0 ? NONE : children[slot];
    }

    /** The piece that ends at a node, or {@link #NONE}. */
    int piece(int node) {
        return pieces[node] - 1;
    }

    private int childOrNew(int node, int letter) {
        long key = key(node, letter);
        int slot = slot(key);
        if (keys[slot] != 0) {
            return children[slot];
        }
        keys[slot] = key;
        children[slot] = nodes++;
        if (nodes > keys.length / 2) {
            grow();
        }
        return nodes - 1;
    }

    /** Never zero, since letters begin with one. */
    private static long key(int node, int letter) {
        return ((long) node << Integer.SIZE) | letter;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * MIX) >>> Integer.SIZE) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldChildren = children;
        keys = new long[2 * oldKeys.length];
        children = new int[keys.length];
        pieces = Arrays.copyOf(pieces, keys.length);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                children[slot] = oldChildren[i];
            }
        }
    }
}
