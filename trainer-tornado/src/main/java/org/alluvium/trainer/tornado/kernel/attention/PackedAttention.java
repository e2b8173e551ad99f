package org.alluvium.trainer.tornado.kernel.attention;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Causal attention within documents for CPUs, after FlashAttention (arXiv 2205.14135): a thread takes four queries and goes through
 * the keys that they see in strips of 32, with an online softmax. Keys are packed before; values are read as they lie. The width is D,
 * the depth T.
 */
public final class PackedAttention {

    /** Elements of work for an item: a tile, and of each row the largest score, the sum and the factor. */
    public static final int WORK = HeadTiles.TILE + 16;

    private static final int MAX = HeadTiles.TILE;
    private static final int SUM = MAX + HeadTiles.ROWS;
    private static final int FACTOR = SUM + HeadTiles.ROWS;
    static final float NONE = -1e30f; // less than any score, and finite: its difference with itself is zero

    private PackedAttention() {}

    /** Items of {@link HeadTiles#packHeads}. */
    public static int packedItems(int rows, int heads, int context, int headSize) {
        return rows * heads * HeadTiles.strips(context) * headSize;
    }

    /** Items of kernels whose items are blocks of tokens. */
    public static int blocks(int rows, int heads, int context) {
        return rows * heads * ((context + HeadTiles.ROWS - 1) / HeadTiles.ROWS);
    }

    /** Arguments: output, logSumExp, packed, starts, H, G, packed keys, work; an item is one of (B,H,blocks) of queries. */
    public static void attention(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int heads = arguments.get(at + 4);
        int kvHeads = arguments.get(at + 5);
        int blocks = (depth + HeadTiles.ROWS - 1) / HeadTiles.ROWS;
        for (@Parallel int i = 0; i < items; i++) {
            int t = i % blocks * HeadTiles.ROWS;
            int rows = TornadoMath.min(HeadTiles.ROWS, depth - t);
            int head = i / blocks % heads;
            int batch = i / blocks / heads;
            int kvHead = head / (heads / kvHeads);
            int stride = (heads + 2 * kvHeads) * width;
            int first = arguments.get(at + 2) + batch * depth * stride; // of the tokens of this row of the batch
            int query = first + t * stride + head * width;
            int value = first + (heads + kvHeads + kvHead) * width;
            int strips = HeadTiles.strips(depth);
            int keys = arguments.get(at + 6) + (batch * kvHeads + kvHead) * strips * width * HeadTiles.STRIP;
            int output = arguments.get(at) + ((batch * depth + t) * heads + head) * width;
            int work = arguments.get(at + 7) + i * WORK;
            int starts = arguments.get(at + 3) + batch * depth + t;
            HeadTiles.begin(memory, output, heads * width, rows, work + FACTOR, width);
            for (int r = 0; r < HeadTiles.ROWS; r++) {
                memory.set(work + MAX + r, NONE);
                memory.set(work + SUM + r, 0f);
            }
            for (int strip = numbers.get(starts) / HeadTiles.STRIP; strip * HeadTiles.STRIP < t + rows; strip++) {
                int s = strip * HeadTiles.STRIP;
                HeadTiles.scores(memory, work, query, stride, rows, keys + s * width, width);
                for (int r = 0; r < rows; r++) {
                    soften(memory, work, r, numbers.get(starts + r) - s, t + r - s, width);
                }
                int tokens = TornadoMath.min(HeadTiles.STRIP, depth - s);
                HeadTiles.mix(
                        memory,
                        output,
                        heads * width,
                        rows,
                        work,
                        work + FACTOR,
                        value + s * stride,
                        stride,
                        tokens,
                        width);
            }
            int logSumExp = arguments.get(at + 1) + (batch * heads + head) * depth + t;
            finish(memory, work, output, heads * width, logSumExp, rows, width);
        }
    }

    /** Turns a row of scores into weights, of which those outside {@code from .. to} are zero. */
    private static void soften(FloatArray memory, int work, int row, int from, int to, int width) {
        float scale = HeadTiles.scale(width);
        float before = memory.get(work + MAX + row);
        float max = before;
        int tile = work + row * HeadTiles.STRIP;
        int begin = TornadoMath.max(0, from);
        int end = TornadoMath.min(HeadTiles.STRIP - 1, to);
        for (int j = begin; j <= end; j++) {
            max = TornadoMath.max(max, memory.get(tile + j) * scale);
        }
        float factor = TornadoMath.exp(before - max);
        float sum = memory.get(work + SUM + row) * factor;
        for (int j = 0; j < HeadTiles.STRIP; j++) {
            float weight = 0f;
            if (j >= begin && j <= end) {
                weight = TornadoMath.exp(memory.get(tile + j) * scale - max);
            }
            memory.set(tile + j, weight);
            sum += weight;
        }
        memory.set(work + MAX + row, max);
        memory.set(work + SUM + row, sum);
        memory.set(work + FACTOR + row, factor);
    }

    private static void finish(
            FloatArray memory, int work, int output, int outputRow, int logSumExp, int rows, int width) {
        for (int r = 0; r < rows; r++) {
            float sum = memory.get(work + SUM + r);
            for (int d = 0; d < width; d++) {
                int place = output + r * outputRow + d;
                memory.set(place, memory.get(place) / sum);
            }
            memory.set(logSumExp + r, memory.get(work + MAX + r) + TornadoMath.log(sum));
        }
    }
}
