package org.alluvium.tokenizer.train;

import java.util.Arrays;

/** A growing array of code points. Not thread-safe. */
final class Points {

    int[] values = new int[1 << 10];
    int size;

    void add(int point) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = point;
    }

    void clear() {
        size = 0;
    }

    boolean endsWith(int point) {
        return size > 0 && values[size - 1] == point;
    }
}
