package org.alluvium.trainer.tornado.kernel.product;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/**
 * Matrix products for CPUs, as GotoBLAS has them (doi:10.1145/1356052.1356053): the right operand is packed into strips of
 * columns, which vectors are read from one after another; a thread keeps a tile of rows of a strip in registers. Cache blocking
 * along the sum is left out: a strip fits the second level for sums of a few thousand.
 *
 * <p>Vectors are read and written where a multiple of {@link #LANES} says. The packed operand must begin at one, and every row of
 * the output: one that does not is computed with rows that do, and copied.
 */
public final class PackedProducts {

    /** Elements of a vector. */
    public static final int LANES = 16;

    /** Columns of a strip: two vectors. */
    public static final int STRIP = 2 * LANES;

    /** Rows of a tile. */
    public static final int ROWS = 4;

    private PackedProducts() {}

    /** Elements of an operand of so many columns, packed; the strips are filled up with zeros. */
    public static long packedElements(int columns, int depth) {
        return (long) strips(columns) * STRIP * depth;
    }

    /** Elements of a row of the output, so that all begin where vectors do. */
    public static int pitch(int columns) {
        return (columns + LANES - 1) / LANES * LANES;
    }

    /** Elements of a row of a transposed operand: rows that are a power of two apart would evict each other from caches. */
    public static int transposedPitch(int depth) {
        return depth + LANES;
    }

    /** Strips of so many columns. */
    public static int strips(int columns) {
        return (columns + STRIP - 1) / STRIP;
    }

    /**
     * Arguments: packed (strips,K,32), y, its strides along columns and K; an item is one of (strips,K), the width is the columns,
     * the depth K.
     */
    public static void pack(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int packed = arguments.get(at);
        int y = arguments.get(at + 1);
        int yRow = arguments.get(at + 2);
        int yStep = arguments.get(at + 3);
        for (@Parallel int i = 0; i < items; i++) {
            int first = i / depth * STRIP;
            int from = y + first * yRow + i % depth * yStep;
            for (int c = 0; c < STRIP; c++) {
                float value = first + c < width ? memory.get(from + c * yRow) : 0f;
                memory.set(packed + i * STRIP + c, value);
            }
        }
    }

    /**
     * Arguments: to (rows,K) of {@link #transposedPitch}, x (K,rows), its stride along K; an item is one of (blocks of 16 rows, K),
     * the width is the rows, the depth K.
     */
    public static void transpose(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int to = arguments.get(at);
        int x = arguments.get(at + 1);
        int xStep = arguments.get(at + 2);
        int pitch = transposedPitch(depth);
        for (@Parallel int i = 0; i < items; i++) {
            int row = i / depth * LANES;
            int k = i % depth;
            for (int r = row; r < row + LANES; r++) {
                if (r < width) {
                    memory.set(to + r * pitch + k, memory.get(x + k * xStep + r));
                }
            }
        }
    }

    /**
     * {@code output[i,j] = sum over k of x[i,k] y[j,k]}, added to what is there if {@code accumulate}. Arguments: output, x, its
     * strides along i and k, packed y, rows, accumulate; an item is one of (strips, tiles of rows), the width is the columns, the
     * depth K. Rows of the output begin at multiples of a vector.
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
        int rows = arguments.get(at + 5);
        int pitch = pitch(width);
        int tiles = (rows + ROWS - 1) / ROWS;
        for (@Parallel int i = 0; i < items; i++) {
            int row = i % tiles * ROWS;
            int strip = i / tiles;
            int x = arguments.get(at + 1) + row * arguments.get(at + 2);
            int y = arguments.get(at + 4) / LANES + strip * depth * 2;
            int to = arguments.get(at) + row * pitch + strip * STRIP;
            tile(memory, arguments, at, to, x, y, rows - row, pitch - strip * STRIP, pitch, depth);
        }
    }

    /** The vectors a0 to a3 and b0 to b3 are the left and the right half of four rows. Rows that do not exist are the last. */
    private static void tile(
            FloatArray memory,
            IntArray arguments,
            int at,
            int to,
            int x,
            int y,
            int rows,
            int columns,
            int pitch,
            int depth) {
        VectorFloat16 vectors = new VectorFloat16(memory);
        int xRow = arguments.get(at + 2);
        int xStep = arguments.get(at + 3);
        int accumulate = arguments.get(at + 6);
        int x1 = x + (rows > 1 ? xRow : 0);
        int x2 = x1 + (rows > 2 ? xRow : 0);
        int x3 = x2 + (rows > 3 ? xRow : 0);
        Float16 a0 = all(0f);
        Float16 a1 = a0;
        Float16 a2 = a0;
        Float16 a3 = a0;
        Float16 b0 = a0;
        Float16 b1 = a0;
        Float16 b2 = a0;
        Float16 b3 = a0;
        for (int k = 0; k < depth; k++) {
            Float16 a = vectors.get(y + 2 * k);
            Float16 b = vectors.get(y + 2 * k + 1);
            Float16 m0 = all(memory.get(x + k * xStep));
            Float16 m1 = all(memory.get(x1 + k * xStep));
            Float16 m2 = all(memory.get(x2 + k * xStep));
            Float16 m3 = all(memory.get(x3 + k * xStep));
            a0 = Float16.add(a0, Float16.mult(a, m0));
            a1 = Float16.add(a1, Float16.mult(a, m1));
            a2 = Float16.add(a2, Float16.mult(a, m2));
            a3 = Float16.add(a3, Float16.mult(a, m3));
            b0 = Float16.add(b0, Float16.mult(b, m0));
            b1 = Float16.add(b1, Float16.mult(b, m1));
            b2 = Float16.add(b2, Float16.mult(b, m2));
            b3 = Float16.add(b3, Float16.mult(b, m3));
        }
        store(memory, to, a0, b0, columns, accumulate);
        store(memory, to + pitch, a1, b1, rows > 1 ? columns : 0, accumulate);
        store(memory, to + 2 * pitch, a2, b2, rows > 2 ? columns : 0, accumulate);
        store(memory, to + 3 * pitch, a3, b3, rows > 3 ? columns : 0, accumulate);
    }

    /** A vector of one value. */
    public static Float16 all(float value) {
        return new Float16(
                value, value, value, value, value, value, value, value, value, value, value, value, value, value, value,
                value);
    }

    /** Stores a row as far as there are columns. */
    private static void store(FloatArray memory, int to, Float16 a, Float16 b, int columns, int accumulate) {
        VectorFloat16 vectors = new VectorFloat16(memory);
        int place = to / LANES;
        if (columns > 0) {
            vectors.set(place, accumulate == 1 ? Float16.add(vectors.get(place), a) : a);
        }
        if (columns > LANES) {
            vectors.set(place + 1, accumulate == 1 ? Float16.add(vectors.get(place + 1), b) : b);
        }
    }

    /**
     * Arguments: output (rows,columns), padded (rows,pitch), pitch, accumulate: takes out what {@link #product} computed for a width
     * that is no multiple of a vector's; the width is the columns, an item is an element of the output.
     */
    public static void unpad(
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
        int padded = arguments.get(at + 1);
        int pitch = arguments.get(at + 2);
        int accumulate = arguments.get(at + 3);
        for (@Parallel int i = 0; i < items; i++) {
            float old = accumulate == 1 ? memory.get(output + i) : 0f;
            memory.set(output + i, old + memory.get(padded + i / width * pitch + i % width));
        }
    }
}
