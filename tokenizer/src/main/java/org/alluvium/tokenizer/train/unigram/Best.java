package org.alluvium.tokenizer.train.unigram;

import java.util.Arrays;

/** The strings that cover most, of all that are offered; of equal ones those that came first. In memory for four times as many. */
final class Best {

    private static final int FIRST_CAPACITY = 1024;
    private static final int SLACK = 4;

    private final int limit;
    private int[] offsets = new int[FIRST_CAPACITY];
    private int[] lengths = new int[FIRST_CAPACITY];
    private long[] covers = new long[FIRST_CAPACITY];
    private int size;
    private long threshold;

    Best(int limit) {
        this.limit = limit;
    }

    /** Whether a string that covers so much has a chance. */
    boolean wants(long cover) {
        return cover > threshold;
    }

    void add(int offset, int length, long cover) {
        if (size == (long) limit * SLACK) {
            shrink();
            if (!wants(cover)) {
                return;
            }
        }
        if (size == offsets.length) {
            int capacity = Math.max(size + 1, (int) Math.min(2L * size, (long) limit * SLACK));
            offsets = Arrays.copyOf(offsets, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            covers = Arrays.copyOf(covers, capacity);
        }
        offsets[size] = offset;
        lengths[size] = length;
        covers[size] = cover;
        size++;
    }

    /** Keeps as many as the limit says, in the order in which they came. */
    void shrink() {
        if (size <= limit) {
            return;
        }
        long[] sorted = Arrays.copyOf(covers, size);
        Arrays.sort(sorted);
        threshold = sorted[size - limit];
        int equals = limit;
        for (int i = size - 1; i >= 0 && sorted[i] > threshold; i--) {
            equals--;
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (covers[i] > threshold || (covers[i] == threshold && equals-- > 0)) {
                offsets[kept] = offsets[i];
                lengths[kept] = lengths[i];
                covers[kept] = covers[i];
                kept++;
            }
        }
        size = kept;
    }

    int size() {
        return size;
    }

    int offset(int index) {
        return offsets[index];
    }

    int length(int index) {
        return lengths[index];
    }

    long cover(int index) {
        return covers[index];
    }
}
