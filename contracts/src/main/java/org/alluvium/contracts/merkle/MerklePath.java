package org.alluvium.contracts.merkle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The audit path of RFC 6962 section 2.1.1: what a leaf's digest is to be combined with, from the bottom to the top, to get the
 * root. Immutable.
 *
 * @param index of the leaf, from 0
 * @param size leaves of the tree
 * @param siblings digests of the trees beside the way up, the nearest first
 */
public record MerklePath(long index, long size, List<String> siblings) {

    public MerklePath {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("leaf " + index + " of a tree of " + size);
        }
        siblings = List.copyOf(siblings);
    }

    /** A run of leaves whose root is on the path. */
    private record Range(long from, long to) {}

    /**
     * The path to a leaf. Leaves are taken one after another, and no more than the path is held in memory.
     *
     * @param leaves digests of all leaves, in order
     * @throws IllegalArgumentException if there are fewer than {@code size}
     */
    public static MerklePath to(long index, long size, Iterator<String> leaves) {
        List<Range> upwards = beside(index, size);
        List<Range> inOrder = new ArrayList<>(upwards);
        inOrder.sort((a, b) -> Long.compare(a.from, b.from));
        List<String> roots = new ArrayList<>(Collections.nCopies(upwards.size(), MerkleHash.EMPTY));
        for (Range range : inOrder) {
            if (range.from == index + 1) {
                next(leaves, size);
            }
            MerkleTree tree = MerkleTree.EMPTY;
            for (long i = range.from; i < range.to; i++) {
                tree = tree.plus(next(leaves, size));
            }
            roots.set(upwards.indexOf(range), tree.root());
        }
        return new MerklePath(index, size, roots);
    }

    private static String next(Iterator<String> leaves, long size) {
        if (!leaves.hasNext()) {
            throw new IllegalArgumentException("fewer leaves than " + size);
        }
        return leaves.next();
    }

    /** What lies beside the way from a leaf to the root, the nearest first. A tree is divided before the largest power of two below its size. */
    private static List<Range> beside(long index, long size) {
        Deque<Range> ranges = new ArrayDeque<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + Long.highestOneBit(to - from - 1);
            if (index < middle) {
                ranges.push(new Range(middle, to));
                to = middle;
            } else {
                ranges.push(new Range(from, middle));
                from = middle;
            }
        }
        return List.copyOf(ranges);
    }

    /** The root of the tree that has a leaf of this digest at this place. */
    public String root(String leaf) {
        List<Range> ranges = beside(index, size);
        if (ranges.size() != siblings.size()) {
            throw new IllegalStateException(
                    "a path of " + siblings.size() + " to leaf " + index + " of " + size + " has " + ranges.size());
        }
        String root = leaf;
        for (int i = 0; i < siblings.size(); i++) {
            String sibling = siblings.get(i);
            root = ranges.get(i).from > index ? MerkleHash.node(root, sibling) : MerkleHash.node(sibling, root);
        }
        return root;
    }
}
