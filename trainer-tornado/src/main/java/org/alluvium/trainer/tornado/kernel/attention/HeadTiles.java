package org.alluvium.trainer.tornado.kernel.attention;

import org.alluvium.trainer.tornado.kernel.product.PackedProducts;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

/**
 * The two products that attention consists of, for CPUs: of 4 rows with 32 packed tokens over D, and of 4 rows of 32 weights with
 * 32 tokens. Work of a block of rows is a tile (4,32). Heads are multiples of a vector wide, and begin where vectors do.
 */
public final class HeadTiles {

    /** Tokens that are packed together. */
    static final int STRIP = PackedProducts.STRIP;

    /** Rows of a tile. */
    static final int ROWS = PackedProducts.ROWS;

    /** Elements of a tile. */
    static final int TILE = ROWS * STRIP;

    private static final int LANES = PackedProducts.LANES;

    private HeadTiles() {}

    /**
     * Arguments: packed (B,heads,strips,D,32), heads of which the first begins here, the stride of a token, heads; an item is one of
     * (B,heads,strips,D), the width is D, the depth T. Beyond the last token are zeros.
     */
    public static void packHeads(
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
        int stride = arguments.get(at + 2);
        int heads = arguments.get(at + 3);
        int strips = strips(depth);
        for (@Parallel int i = 0; i < items; i++) {
            int token = i / width % strips * STRIP;
            int head = i / width / strips % heads;
            int row = i / width / strips / heads * depth;
            int from = arguments.get(at + 1) + (row + token) * stride + head * width + i % width;
            for (int c = 0; c < STRIP; c++) {
                float value = token + c < depth ? memory.get(from + c * stride) : 0f;
                memory.set(packed + i * STRIP + c, value);
            }
        }
    }

    /** Strips of so many tokens. */
    static int strips(int tokens) {
        return (tokens + STRIP - 1) / STRIP;
    }

    /** Fills a tile with the dot products of rows and packed tokens. Rows that do not exist are the last. */
    static void scores(FloatArray memory, int tile, int x, int xRow, int rows, int strip, int width) {
        VectorFloat16 vectors = new VectorFloat16(memory);
        int x1 = x + (rows > 1 ? xRow : 0);
        int x2 = x1 + (rows > 2 ? xRow : 0);
        int x3 = x2 + (rows > 3 ? xRow : 0);
        Float16 a0 = PackedProducts.all(0f);
        Float16 a1 = a0;
        Float16 a2 = a0;
        Float16 a3 = a0;
        Float16 b0 = a0;
        Float16 b1 = a0;
        Float16 b2 = a0;
        Float16 b3 = a0;
        for (int d = 0; d < width; d++) {
            Float16 a = vectors.get(strip / LANES + 2 * d);
            Float16 b = vectors.get(strip / LANES + 2 * d + 1);
            Float16 m0 = PackedProducts.all(memory.get(x + d));
            Float16 m1 = PackedProducts.all(memory.get(x1 + d));
            Float16 m2 = PackedProducts.all(memory.get(x2 + d));
            Float16 m3 = PackedProducts.all(memory.get(x3 + d));
            a0 = Float16.add(a0, Float16.mult(a, m0));
            a1 = Float16.add(a1, Float16.mult(a, m1));
            a2 = Float16.add(a2, Float16.mult(a, m2));
            a3 = Float16.add(a3, Float16.mult(a, m3));
            b0 = Float16.add(b0, Float16.mult(b, m0));
            b1 = Float16.add(b1, Float16.mult(b, m1));
            b2 = Float16.add(b2, Float16.mult(b, m2));
            b3 = Float16.add(b3, Float16.mult(b, m3));
        }
        vectors.set(tile / LANES, a0);
        vectors.set(tile / LANES + 1, b0);
        vectors.set(tile / LANES + 2, a1);
        vectors.set(tile / LANES + 3, b1);
        vectors.set(tile / LANES + 4, a2);
        vectors.set(tile / LANES + 5, b2);
        vectors.set(tile / LANES + 6, a3);
        vectors.set(tile / LANES + 7, b3);
    }

    /**
     * Scales rows of an output by a factor each, and adds tokens by the weights in a tile.
     *
     * @param factors where the first of four is
     * @param tokens how many of the strip exist
     */
    static void mix(
            FloatArray memory,
            int output,
            int outputRow,
            int rows,
            int tile,
            int factors,
            int token,
            int stride,
            int tokens,
            int width) {
        VectorFloat16 vectors = new VectorFloat16(memory);
        for (int c = 0; c < width / LANES; c++) {
            int o = output / LANES + c;
            int o1 = o + (rows > 1 ? outputRow / LANES : 0);
            int o2 = o1 + (rows > 2 ? outputRow / LANES : 0);
            int o3 = o2 + (rows > 3 ? outputRow / LANES : 0);
            Float16 r0 = Float16.mult(vectors.get(o), PackedProducts.all(memory.get(factors)));
            Float16 r1 = Float16.mult(vectors.get(o1), PackedProducts.all(memory.get(factors + 1)));
            Float16 r2 = Float16.mult(vectors.get(o2), PackedProducts.all(memory.get(factors + 2)));
            Float16 r3 = Float16.mult(vectors.get(o3), PackedProducts.all(memory.get(factors + 3)));
            for (int j = 0; j < tokens; j++) {
                Float16 value = vectors.get((token + j * stride) / LANES + c);
                int weight = tile + j;
                r0 = Float16.add(r0, Float16.mult(value, PackedProducts.all(memory.get(weight))));
                r1 = Float16.add(r1, Float16.mult(value, PackedProducts.all(memory.get(weight + STRIP))));
                r2 = Float16.add(r2, Float16.mult(value, PackedProducts.all(memory.get(weight + 2 * STRIP))));
                r3 = Float16.add(r3, Float16.mult(value, PackedProducts.all(memory.get(weight + 3 * STRIP))));
            }
            if (rows > 3) {
                vectors.set(o3, r3);
            }
            if (rows > 2) {
                vectors.set(o2, r2);
            }
            if (rows > 1) {
                vectors.set(o1, r1);
            }
            vectors.set(o, r0);
        }
    }

    /** Sets rows to zero, and as many factors to one. */
    static void begin(FloatArray memory, int output, int outputRow, int rows, int factors, int width) {
        for (int r = 0; r < ROWS; r++) {
            memory.set(factors + r, 1f);
        }
        for (int i = 0; i < rows * width; i++) {
            memory.set(output + i / width * outputRow + i % width, 0f);
        }
    }

    /** The scale of scores. */
    static float scale(int width) {
        return 1 / TornadoMath.sqrt((float) width);
    }
}
