package org.alluvium.contracts.merkle;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree that only grows, as far as it is needed to grow on: the roots of the largest perfect trees that its leaves
 * fill from the left. There is one for every bit that is set in the number of leaves, so a tree of a billion has thirty.
 * Immutable.
 *
 * @param size number of leaves
 * @param peaks roots of the perfect trees, the largest first; digests as {@link MerkleHash} has them
 */
public record MerkleTree(long size, List<String> peaks) implements Serializable {

    /** Without a leaf. */
    public static final MerkleTree EMPTY = new MerkleTree(0, List.of());

    private static final long serialVersionUID = 1L;

    public MerkleTree {
        peaks = List.copyOf(peaks);
        if (size < 0 || peaks.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(peaks.size() + " peaks of a tree of " + size + " leaves");
        }
    }

    /**
     * The tree with one more leaf on the right.
     *
     * @param leaf digest of the leaf
     */
    public MerkleTree plus(String leaf) {
        List<String> grown = new ArrayList<>(peaks);
        String right = leaf;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            right = MerkleHash.node(grown.remove(grown.size() - 1), right);
        }
        grown.add(right);
        return new MerkleTree(size + 1, grown);
    }

    /** What the tree commits to all its leaves by. */
    public String root() {
        if (peaks.isEmpty()) {
            return MerkleHash.EMPTY;
        }
        String root = peaks.get(peaks.size() - 1);
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = MerkleHash.node(peaks.get(i), root);
        }
        return root;
    }
}
