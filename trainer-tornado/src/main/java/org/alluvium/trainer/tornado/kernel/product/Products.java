package org.alluvium.trainer.tornado.kernel.product;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Matrix products, whose operands are read by strides: so one method serves forward, both gradients and Muon. */
public final class Products {

    private Products() {}

    /**
     * {@code output[i,j] = sum over k of x[i,k] y[j,k]}, added to what is there if {@code accumulate}. Arguments: output, x, its
     * strides of i and k, y, its strides of j and k, accumulate, the depth again. An item is an element, the width is that of an output row.
     */
    public static void product(
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
        int x = arguments.get(at + 1);
        int xRow = arguments.get(at + 2);
        int xStep = arguments.get(at + 3);
        int y = arguments.get(at + 4);
        int yRow = arguments.get(at + 5);
        int yStep = arguments.get(at + 6);
        int accumulate = arguments.get(at + 7);
        for (@Parallel int i = 0; i < items; i++) {
            int left = x + i / width * xRow;
            int right = y + i % width * yRow;
            float sum = accumulate == 1 ? memory.get(output + i) : 0f;
            for (int k = 0; k < depth; k++) {
                sum += memory.get(left + k * xStep) * memory.get(right + k * yStep);
            }
            memory.set(output + i, sum);
        }
    }
}
