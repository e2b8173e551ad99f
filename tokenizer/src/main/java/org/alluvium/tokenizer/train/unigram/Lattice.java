package org.alluvium.tokenizer.train.unigram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All pieces at all positions of some neighbouring fragments. They are looked up once; from then on pieces only get fewer.
 *
 * <p>The first piece of a position is one letter long, {@link Pieces#unknown()} where there is no other. Longer ones follow by
 * length. A separator has none.
 */
final class Lattice {

    /** Letters of a lattice; so that there are enough to share among threads, and few enough to fit an array. */
    private static final int LETTERS = 1 << 16;

    private final int firstFragment;
    private final int endFragment;
    private final int offset;
    private final int[] ends;
    private int[] edges;

    private Lattice(Fragments fragments, int firstFragment, int endFragment, Pieces pieces, Trie trie) {
        this.firstFragment = firstFragment;
        this.endFragment = endFragment;
        this.offset = fragments.start(firstFragment);
        int length = fragments.start(endFragment) - offset;
        this.ends = new int[length + 1];
        this.edges = new int[4 * length];
        int size = 0;
        for (int at = 0; at < length; at++) {
            size = lookUp(fragments.letters(), at, pieces, trie, size);
            ends[at + 1] = size;
        }
        this.edges = Arrays.copyOf(edges, size);
    }

    /** Divides the fragments into stretches: first and last one, and so on, one more than there are lattices. */
    static int[] stretches(Fragments fragments) {
        List<Integer> bounds = new ArrayList<>(List.of(0));
        for (int fragment = 1; fragment < fragments.size(); fragment++) {
            if (fragments.start(fragment) - fragments.start(bounds.get(bounds.size() - 1)) >= LETTERS) {
                bounds.add(fragment);
            }
        }
        if (fragments.size() > 0) {
            bounds.add(fragments.size());
        }
        return bounds.stream().mapToInt(Integer::intValue).toArray();
    }

    static Lattice of(Fragments fragments, int firstFragment, int endFragment, Pieces pieces, Trie trie) {
        return new Lattice(fragments, firstFragment, endFragment, pieces, trie);
    }

    private int lookUp(int[] letters, int at, Pieces pieces, Trie trie, int used) {
        int size = used;
        int next = offset + at;
        if (letters[next] == Fragments.SEPARATOR) {
            return size;
        }
        int node = trie.child(Trie.ROOT, letters[next]);
        size = append(size, node == Trie.NONE || trie.piece(node) == Trie.NONE ? pieces.unknown() : trie.piece(node));
        while (node != Trie.NONE && letters[++next] != Fragments.SEPARATOR) {
            node = trie.child(node, letters[next]);
            if (node != Trie.NONE && trie.piece(node) != Trie.NONE) {
                size = append(size, trie.piece(node));
            }
        }
        return size;
    }

    private int append(int size, int piece) {
        if (size == edges.length) {
            edges = Arrays.copyOf(edges, 2 * size + 1);
        }
        edges[size] = piece;
        return size + 1;
    }

    /**
     * Renumbers the pieces and leaves out those that are gone.
     *
     * @param numbers for each old piece its new number, or -1; for the old unknown piece the new one
     * @param old the pieces as they were numbered until now
     */
    void renumber(int[] numbers, Pieces old) {
        int unknown = numbers[old.unknown()];
        int size = 0;
        int from = 0;
        for (int at = 0; at < ends.length - 1; at++) {
            int end = ends[at + 1];
            for (int i = from; i < end; i++) {
                int number = numbers[edges[i]];
                if (number >= 0 || i == from) {
                    edges[size++] = number >= 0 ? number : unknown;
                }
            }
            ends[at + 1] = size;
            from = end;
        }
    }

    int firstFragment() {
        return firstFragment;
    }

    int endFragment() {
        return endFragment;
    }

    /** Where a position's pieces begin in {@link #edges()}; they end where the next position's begin. */
    int firstEdge(int position) {
        return ends[position - offset];
    }

    /** Pieces of all positions, the shortest of each first. Valid until the next renumbering. */
    int[] edges() {
        return edges;
    }
}
