package org.alluvium.tokenizer.engine;

import java.util.Arrays;

/** A binary heap of longs that are not negative, smallest first; the memory of one thread. */
final class LongHeap {

    private static final int INITIAL = 256;

    private long[] entries = new long[INITIAL];
    private int size;

    void clear() {
        size = 0;
    }

    /** As {@link #clear}, and gives its memory back. */
    void shrink() {
        size = 0;
        entries = new long[INITIAL];
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(long entry) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * size);
        }
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (entries[parent] <= entry) {
                break;
            }
            entries[at] = entries[parent];
            at = parent;
        }
        entries[at] = entry;
    }

    /** Takes the smallest entry away; there must be one. */
    long poll() {
        long smallest = entries[0];
        long last = entries[--size];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && entries[child + 1] < entries[child]) {
                child++;
            }
            if (entries[child] >= last) {
                break;
            }
            entries[at] = entries[child];
            at = child;
        }
        entries[at] = last;
        return smallest;
    }
}
