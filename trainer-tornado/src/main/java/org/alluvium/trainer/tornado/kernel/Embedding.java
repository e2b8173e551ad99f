package org.alluvium.trainer.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
/**
 * Rows of a table by id, and their gradients. Rows of equal ids are chained in their order, and the first of a chain adds all of
 * it up: no two threads write to one place, and the order of the sum is that of the rows.
 */
final class Embedding {

    private Embedding() {}

    /** Arguments: output (N,C), table (V,C), ids (N); the width is C. */
    static void embed(
            FloatArray memory, IntArray numbers, IntArray arguments, int at, int items, int width, int depth) {
        int output = arguments.get(at);
        int table = arguments.get(at + 1);
        int ids = arguments.get(at + 2);
        for (@Parallel int i = 0; i < items; i++) {
            memory.set(output + i, memory.get(table + numbers.get(ids + i / width) * width + i % width));
        }
    }

    /** Arguments: ids (N), next (N): the next row of the same id or -1, first (N): 1 if none before has it, else 0. */
    static void chainEqual(
            FloatArray memory, IntArray numbers, IntArray arguments, int at, int items, int width, int depth) {
        int ids = arguments.get(at);
        int next = arguments.get(at + 1);
        int first = arguments.get(at + 2);
        for (@Parallel int n = 0; n < items; n++) {
            int id = numbers.get(ids + n);
            int before = 0;
            for (int other = 0; other < n; other++) {
                before += numbers.get(ids + other) == id ? 1 : 0;
            }
            int after = -1;
            for (int other = items - 1; other > n; other--) {
                after = numbers.get(ids + other) == id ? other : after;
            }
            numbers.set(next + n, after);
            numbers.set(first + n, before == 0 ? 1 : 0);
        }
    }

    /** Arguments: dTable (V,C), dOutput (N,C), ids (N), next (N), first (N); the width is C. */
    static void embedBackward(
            FloatArray memory, IntArray numbers, IntArray arguments, int at, int items, int width, int depth) {
        int dTable = arguments.get(at);
        int dOutput = arguments.get(at + 1);
        int ids = arguments.get(at + 2);
        int next = arguments.get(at + 3);
        int first = arguments.get(at + 4);
        for (@Parallel int i = 0; i < items; i++) {
            int row = i / width;
            if (numbers.get(first + row) == 1) {
                int to = dTable + numbers.get(ids + row) * width + i % width;
                float sum = memory.get(to);
                while (row >= 0) {
                    sum += memory.get(dOutput + row * width + i % width);
                    row = numbers.get(next + row);
                }
                memory.set(to, sum);
            }
        }
    }
}
