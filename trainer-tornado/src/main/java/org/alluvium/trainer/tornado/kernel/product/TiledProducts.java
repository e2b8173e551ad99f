package org.alluvium.trainer.tornado.kernel.product;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.vectors.Float4;

/**
 * Matrix products for GPUs: a group of threads brings tiles of both operands into local memory (8.5 KB) and computes 64 by 64 elements of the
 * output, a thread 4 by 4 of them. Both tiles lie with the sum's index first, so that what a thread reads of them is four numbers in a row.
 * Threads that read an operand from memory are numbered along that of its strides that is 1, so that neighbours read neighbours.
 *
 * <p>Local arrays are written in the method that allocates them: TornadoVM takes one that is a parameter for an array with a header,
 * and writes elsewhere.
 */
public final class TiledProducts {

    /** Threads of a group: 16 by 16. */
    public static final int THREADS = 256;

    private static final int SIDE = 64; // of a tile of the output
    private static final int STEPS = 16; // of the sum that are in local memory at once
    private static final int PITCH = SIDE + 4; // of a local row: threads that write a column hit different banks
    private static final int EACH = 4; // rows, and columns, of a thread

    private TiledProducts() {}

    public static int groups(int items, int width, int depth) {
        return tiles(items / width) * tiles(width);
    }

    private static int tiles(int length) {
        return (length + SIDE - 1) / SIDE;
    }

    /** As {@link Products#product}. */
    public static void product(
            KernelContext context,
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        float[] left = context.allocateFloatLocalArray(STEPS * PITCH);
        float[] right = context.allocateFloatLocalArray(STEPS * PITCH);
        int rows = items / width;
        int across = (width + SIDE - 1) / SIDE;
        int row = context.groupIdx / across * SIDE;
        int column = context.groupIdx % across * SIDE;
        int thread = context.localIdx;
        int i = thread / (SIDE / EACH) * EACH;
        int j = thread % (SIDE / EACH) * EACH;
        int xStride = arguments.get(at + 2);
        int xStep = arguments.get(at + 3);
        int x = arguments.get(at + 1) + row * xStride;
        int yStride = arguments.get(at + 5);
        int yStep = arguments.get(at + 6);
        int y = arguments.get(at + 4) + column * yStride;
        Float4 r0 = new Float4(0f, 0f, 0f, 0f);
        Float4 r1 = new Float4(0f, 0f, 0f, 0f);
        Float4 r2 = new Float4(0f, 0f, 0f, 0f);
        Float4 r3 = new Float4(0f, 0f, 0f, 0f);
        int length = arguments.get(at + 8); // is the depth, but as a constant it would have this loop unrolled
        for (int k = 0; k < length; k += STEPS) {
            for (int n = thread; n < SIDE * STEPS; n += THREADS) {
                left[place(n, xStep)] = element(memory, x + k * xStep, xStride, xStep, n, rows - row, length - k);
                right[place(n, yStep)] = element(memory, y + k * yStep, yStride, yStep, n, width - column, length - k);
            }
            context.localBarrier();
            for (int s = 0; s < STEPS; s++) {
                int l = s * PITCH + i;
                int r = s * PITCH + j;
                Float4 factor = new Float4(right[r], right[r + 1], right[r + 2], right[r + 3]);
                r0 = Float4.add(r0, Float4.mult(factor, left[l]));
                r1 = Float4.add(r1, Float4.mult(factor, left[l + 1]));
                r2 = Float4.add(r2, Float4.mult(factor, left[l + 2]));
                r3 = Float4.add(r3, Float4.mult(factor, left[l + 3]));
            }
            context.localBarrier();
        }
        int accumulate = arguments.get(at + 7);
        int to = arguments.get(at) + (row + i) * width + column + j;
        int columns = width - column - j;
        store(memory, to, r0, row + i < rows ? columns : 0, accumulate);
        store(memory, to + width, r1, row + i + 1 < rows ? columns : 0, accumulate);
        store(memory, to + 2 * width, r2, row + i + 2 < rows ? columns : 0, accumulate);
        store(memory, to + 3 * width, r3, row + i + 3 < rows ? columns : 0, accumulate);
    }

    /** Where the n-th element that is read of a tile lies in local memory. */
    private static int place(int n, int step) {
        return step == 1 ? n % STEPS * PITCH + n / STEPS : n / SIDE * PITCH + n % SIDE;
    }

    /** The n-th element of a tile, or zero beyond the end of the operand. */
    private static float element(FloatArray memory, int tile, int stride, int step, int n, int lengths, int steps) {
        int s = step == 1 ? n % STEPS : n / SIDE;
        int i = step == 1 ? n / STEPS : n % SIDE;
        float value = 0f;
        if (i < lengths && s < steps) {
            value = memory.get(tile + i * stride + s * step);
        }
        return value;
    }

    private static void store(FloatArray memory, int to, Float4 values, int columns, int accumulate) {
        put(memory, to, values.getX(), columns, accumulate);
        put(memory, to + 1, values.getY(), columns - 1, accumulate);
        put(memory, to + 2, values.getZ(), columns - 2, accumulate);
        put(memory, to + 3, values.getW(), columns - 3, accumulate);
    }

    private static void put(FloatArray memory, int to, float value, int exists, int accumulate) {
        if (exists > 0) {
            float old = accumulate == 1 ? memory.get(to) : 0f;
            memory.set(to, old + value);
        }
    }
}
