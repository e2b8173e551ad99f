package org.alluvium.trainer.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Rows of a table by id, and their gradients. A gradient is gathered from the rows that have its id, in their order: no two threads
 * write to one place.
 */
final class Embedding {

    private Embedding() {}

    /** Arguments: output (N,C), table (V,C), ids (N); the width is C. */
    static void embed(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int output = arguments.get(at);
        int table = arguments.get(at + 1);
        int ids = arguments.get(at + 2);
        for (@Parallel int i = 0; i < items; i++) {
            memory.set(output + i, memory.get(table + numbers.get(ids + i / width) * width + i % width));
        }
    }

    /**
     * Arguments: dTable (V,C), dOutput (N,C), ids (N), then as {@link RowsById} has it: rows (N), starts (N+1); the width is C,
     * the depth N.
     */
    static void embedBackward(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int dTable = arguments.get(at);
        int dOutput = arguments.get(at + 1);
        int ids = arguments.get(at + 2);
        int rows = at + 3;
        int starts = rows + depth;
        for (@Parallel int i = 0; i < items; i++) {
            int from = arguments.get(starts + i / width);
            int to = arguments.get(starts + i / width + 1);
            if (from < to) {
                int place = dTable + numbers.get(ids + arguments.get(rows + from)) * width + i % width;
                float sum = memory.get(place);
                for (int k = from; k < to; k++) {
                    sum += memory.get(dOutput + arguments.get(rows + k) * width + i % width);
                }
                memory.set(place, sum);
            }
        }
    }
}
