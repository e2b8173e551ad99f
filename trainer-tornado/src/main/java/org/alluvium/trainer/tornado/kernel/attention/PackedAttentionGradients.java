package org.alluvium.trainer.tornado.kernel.attention;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Gradients of attention for CPUs, as {@link AttentionGradients}, but for blocks of four queries, or keys, and strips of 32 of the
 * other. The width is D, the depth T.
 */
public final class PackedAttentionGradients {

    /** Elements of work for an item: two tiles, and factors, which are 1. */
    public static final int WORK = 2 * HeadTiles.TILE + 16;

    private static final int SECOND = HeadTiles.TILE;
    private static final int FACTORS = 2 * HeadTiles.TILE;

    private PackedAttentionGradients() {}

    /**
     * Arguments: as {@link AttentionGradients#query} has them, then packed keys, packed values, work; an item is one of (B,H,blocks)
     * of queries.
     */
    public static void query(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int heads = arguments.get(at + 7);
        int kvHeads = arguments.get(at + 8);
        int blocks = (depth + HeadTiles.ROWS - 1) / HeadTiles.ROWS;
        for (@Parallel int i = 0; i < items; i++) {
            int t = i % blocks * HeadTiles.ROWS;
            int rows = TornadoMath.min(HeadTiles.ROWS, depth - t);
            int head = i / blocks % heads;
            int batch = i / blocks / heads;
            int kvHead = head / (heads / kvHeads);
            int stride = (heads + 2 * kvHeads) * width;
            int outer = heads * width; // a row of the output
            int place = (batch * depth + t) * stride + head * width;
            int query = arguments.get(at + 4) + place;
            int key = arguments.get(at + 4) + batch * depth * stride + (heads + kvHead) * width;
            int gradient = arguments.get(at) + place;
            int result = ((batch * depth + t) * heads + head) * width;
            int dOutput = arguments.get(at + 1) + result;
            int packed = (batch * kvHeads + kvHead) * HeadTiles.strips(depth) * width * HeadTiles.STRIP;
            int work = arguments.get(at + 11) + i * WORK;
            int starts = arguments.get(at + 5) + batch * depth + t;
            int statistic = (batch * heads + head) * depth + t;
            HeadTiles.begin(memory, gradient, stride, rows, work + FACTORS, width);
            deltas(memory, arguments, at, result, outer, statistic, rows, width);
            for (int strip = numbers.get(starts) / HeadTiles.STRIP; strip * HeadTiles.STRIP < t + rows; strip++) {
                int s = strip * HeadTiles.STRIP;
                HeadTiles.scores(memory, work, query, stride, rows, arguments.get(at + 9) + packed + s * width, width);
                int values = arguments.get(at + 10) + packed + s * width;
                HeadTiles.scores(memory, work + SECOND, dOutput, outer, rows, values, width);
                for (int r = 0; r < rows; r++) {
                    int from = TornadoMath.max(0, numbers.get(starts + r) - s);
                    int to = TornadoMath.min(HeadTiles.STRIP - 1, t + r - s);
                    for (int j = 0; j < HeadTiles.STRIP; j++) {
                        int cell = work + r * HeadTiles.STRIP + j;
                        float dScore = 0f;
                        if (j >= from && j <= to) {
                            float delta = memory.get(arguments.get(at + 6) + statistic + r);
                            float probability = probability(memory, arguments, at, cell, statistic + r, width);
                            dScore = probability * (memory.get(cell + SECOND) - delta) * HeadTiles.scale(width);
                        }
                        memory.set(cell, dScore);
                    }
                }
                int tokens = TornadoMath.min(HeadTiles.STRIP, depth - s);
                HeadTiles.mix(
                        memory, gradient, stride, rows, work, work + FACTORS, key + s * stride, stride, tokens, width);
            }
        }
    }

    /** Sets the dot products of outputs and their gradients. */
    private static void deltas(
            FloatArray memory, IntArray arguments, int at, int result, int outer, int statistic, int rows, int width) {
        for (int r = 0; r < rows; r++) {
            float delta = 0;
            for (int d = 0; d < width; d++) {
                int place = result + r * outer + d;
                delta += memory.get(arguments.get(at + 1) + place) * memory.get(arguments.get(at + 2) + place);
            }
            memory.set(arguments.get(at + 6) + statistic + r, delta);
        }
    }

    private static float probability(
            FloatArray memory, IntArray arguments, int at, int cell, int statistic, int width) {
        float logSumExp = memory.get(arguments.get(at + 3) + statistic);
        return TornadoMath.exp(memory.get(cell) * HeadTiles.scale(width) - logSumExp);
    }

    /**
     * Arguments: as above, but packed queries and packed gradients of the output; deltas are read; an item is one of (B,G,blocks) of
     * keys.
     */
    public static void keyValue(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int heads = arguments.get(at + 7);
        int kvHeads = arguments.get(at + 8);
        int blocks = (depth + HeadTiles.ROWS - 1) / HeadTiles.ROWS;
        for (@Parallel int i = 0; i < items; i++) {
            int s = i % blocks * HeadTiles.ROWS;
            int rows = TornadoMath.min(HeadTiles.ROWS, depth - s);
            int kvHead = i / blocks % kvHeads;
            int batch = i / blocks / kvHeads;
            int group = heads / kvHeads;
            int stride = (heads + 2 * kvHeads) * width;
            int place = (batch * depth + s) * stride + (heads + kvHead) * width;
            int dKey = arguments.get(at) + place;
            int dValue = dKey + kvHeads * width;
            int work = arguments.get(at + 11) + i * WORK;
            HeadTiles.begin(memory, dKey, stride, rows, work + FACTORS, width);
            HeadTiles.begin(memory, dValue, stride, rows, work + FACTORS, width);
            int begin = s / HeadTiles.STRIP;
            int strips = HeadTiles.strips(depth) - begin;
            for (int pair = 0; pair < group * strips; pair++) {
                int t = (begin + pair % strips) * HeadTiles.STRIP;
                int head = kvHead * group + pair / strips;
                if (numbers.get(arguments.get(at + 5) + batch * depth + t) < s + rows) {
                    multiply(memory, arguments, at, work, place, rows, t, head, batch, width, depth);
                    weights(memory, numbers, arguments, at, work, rows, s, t, head, batch, width, depth);
                    int token = batch * depth + t;
                    int queries = arguments.get(at + 4) + token * stride + head * width;
                    int dOutputs = arguments.get(at + 1) + (token * heads + head) * width;
                    int ones = work + FACTORS;
                    int tokens = TornadoMath.min(HeadTiles.STRIP, depth - t);
                    HeadTiles.mix(memory, dKey, stride, rows, work, ones, queries, stride, tokens, width);
                    HeadTiles.mix(
                            memory, dValue, stride, rows, work + SECOND, ones, dOutputs, heads * width, tokens, width);
                }
            }
        }
    }

    /** Fills the tiles with the dot products of keys and queries, and of values and gradients of the output. */
    private static void multiply(
            FloatArray memory,
            IntArray arguments,
            int at,
            int work,
            int place,
            int rows,
            int t,
            int head,
            int batch,
            int width,
            int depth) {
        int heads = arguments.get(at + 7);
        int toValue = arguments.get(at + 8) * width;
        int stride = heads * width + 2 * toValue;
        int packed = ((batch * heads + head) * HeadTiles.strips(depth) * HeadTiles.STRIP + t) * width;
        int key = arguments.get(at + 4) + place;
        HeadTiles.scores(memory, work, key, stride, rows, arguments.get(at + 9) + packed, width);
        HeadTiles.scores(memory, work + SECOND, key + toValue, stride, rows, arguments.get(at + 10) + packed, width);
    }

    /** Fills the tiles with how much each query of a strip adds to each key, and to its value. */
    private static void weights(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            int at,
            int work,
            int rows,
            int s,
            int t,
            int head,
            int batch,
            int width,
            int depth) {
        int tokens = TornadoMath.min(HeadTiles.STRIP, depth - t);
        int starts = arguments.get(at + 5) + batch * depth + t;
        int statistic = (batch * arguments.get(at + 7) + head) * depth + t;
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < tokens; j++) {
                int cell = work + r * HeadTiles.STRIP + j;
                float dScore = 0f;
                float probability = 0f;
                if (t + j >= s + r && numbers.get(starts + j) <= s + r) {
                    float delta = memory.get(arguments.get(at + 6) + statistic + j);
                    probability = probability(memory, arguments, at, cell, statistic + j, width);
                    dScore = probability * (memory.get(cell + SECOND) - delta) * HeadTiles.scale(width);
                }
                memory.set(cell, dScore);
                memory.set(cell + SECOND, probability);
            }
        }
    }
}
