package org.alluvium.trainer.tornado;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Rows grouped by an id, in compressed sparse rows: what a gradient is gathered by. */
final class RowsById {

    private RowsById() {}

    /**
     * Row numbers (N), sorted by their id and then by themselves; then the places in them where another id begins, and N for what is
     * left of N + 1.
     */
    static int[] of(int[] ids) {
        int rows = ids.length;
        int[] sorted = IntStream.range(0, rows)
                .mapToLong(row -> (long) ids[row] << Integer.SIZE | row)
                .sorted()
                .mapToInt(key -> (int) key)
                .toArray();
        int[] result = Arrays.copyOf(sorted, 2 * rows + 1);
        Arrays.fill(result, rows, result.length, rows);
        int groups = 0;
        for (int i = 0; i < rows; i++) {
            if (i == 0 || ids[sorted[i]] != ids[sorted[i - 1]]) {
                result[rows + groups++] = i;
            }
        }
        return result;
    }
}
