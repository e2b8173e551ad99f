package org.alluvium.trainer.tornado.kernel.attention;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Gradients of attention for GPUs, as {@link AttentionGradients}: a thread has a query, or a key, and its gradient in registers, and a
 * group brings those that it meets into local memory. The width is D, at most {@link TiledAttention#WIDEST}; the depth T.
 */
public final class TiledAttentionGradients {

    private static final int THREADS = TiledAttention.THREADS;
    private static final int WIDEST = TiledAttention.WIDEST;
    private static final int TOKENS = 32; // in local memory at once

    private TiledAttentionGradients() {}

    /** As {@link AttentionGradients#query}. */
    public static void query(
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
        float[] keys = context.allocateFloatLocalArray(TOKENS * WIDEST);
        float[] values = context.allocateFloatLocalArray(TOKENS * WIDEST);
        float[] query = new float[WIDEST];
        float[] dOutput = new float[WIDEST];
        float[] gradient = new float[WIDEST];
        int heads = arguments.get(at + 7);
        int kvHeads = arguments.get(at + 8);
        int blocks = (depth + THREADS - 1) / THREADS;
        int begin = context.groupIdx % blocks * THREADS;
        int head = context.groupIdx / blocks % heads;
        int batch = context.groupIdx / blocks / heads;
        int t = begin + context.localIdx;
        int last = TornadoMath.min(t, depth - 1);
        int stride = (heads + 2 * kvHeads) * width;
        int first = arguments.get(at + 4) + batch * depth * stride;
        int key = first + (heads + head / (heads / kvHeads)) * width;
        int starts = arguments.get(at + 5) + batch * depth;
        int result = ((batch * depth + last) * heads + head) * width;
        float delta = 0f;
        for (int d = 0; d < width; d++) {
            query[d] = memory.get(first + last * stride + head * width + d);
            dOutput[d] = memory.get(arguments.get(at + 1) + result + d);
            delta += dOutput[d] * memory.get(arguments.get(at + 2) + result + d);
            gradient[d] = 0f;
        }
        int statistic = (batch * heads + head) * depth + last;
        float logSumExp = memory.get(arguments.get(at + 3) + statistic);
        float scale = HeadTiles.scale(width);
        int from = numbers.get(starts + last);
        int end = TornadoMath.min(begin + THREADS, depth);
        for (int tile = numbers.get(starts + begin) / TOKENS * TOKENS; tile < end; tile += TOKENS) {
            for (int n = context.localIdx; n < TOKENS * width; n += THREADS) {
                int token = TornadoMath.min(tile + n / width, depth - 1);
                keys[n] = memory.get(key + token * stride + n % width);
                values[n] = memory.get(key + token * stride + kvHeads * width + n % width);
            }
            context.localBarrier();
            for (int j = TornadoMath.max(0, from - tile); j <= TornadoMath.min(TOKENS - 1, last - tile); j++) {
                float score = 0f;
                float dWeight = 0f;
                for (int d = 0; d < width; d++) {
                    score += query[d] * keys[j * width + d];
                    dWeight += dOutput[d] * values[j * width + d];
                }
                float dScore = TornadoMath.exp(score * scale - logSumExp) * (dWeight - delta) * scale;
                for (int d = 0; d < width; d++) {
                    gradient[d] = gradient[d] + dScore * keys[j * width + d];
                }
            }
            context.localBarrier();
        }
        if (t < depth) {
            memory.set(arguments.get(at + 6) + statistic, delta);
            for (int d = 0; d < width; d++) {
                int place = (batch * depth + t) * stride + head * width + d;
                memory.set(arguments.get(at) + place, gradient[d]);
            }
        }
    }

    /** As {@link AttentionGradients#keyValue}. */
    public static void keyValue(
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
        float[] queries = context.allocateFloatLocalArray(TOKENS * WIDEST);
        float[] dOutputs = context.allocateFloatLocalArray(TOKENS * WIDEST);
        float[] key = new float[WIDEST];
        float[] value = new float[WIDEST];
        float[] dKey = new float[WIDEST];
        float[] dValue = new float[WIDEST];
        int heads = arguments.get(at + 7);
        int kvHeads = arguments.get(at + 8);
        int group = heads / kvHeads;
        int blocks = (depth + THREADS - 1) / THREADS;
        int begin = context.groupIdx % blocks * THREADS;
        int kvHead = context.groupIdx / blocks % kvHeads;
        int batch = context.groupIdx / blocks / kvHeads;
        int s = begin + context.localIdx;
        int last = TornadoMath.min(s, depth - 1);
        int stride = (heads + 2 * kvHeads) * width;
        int place = (batch * depth + last) * stride + (heads + kvHead) * width;
        int starts = arguments.get(at + 5) + batch * depth;
        float scale = HeadTiles.scale(width);
        for (int d = 0; d < width; d++) {
            key[d] = memory.get(arguments.get(at + 4) + place + d);
            value[d] = memory.get(arguments.get(at + 4) + place + kvHeads * width + d);
            dKey[d] = 0f;
            dValue[d] = 0f;
        }
        int tiles = (seenUntil(numbers, starts, begin, depth) - begin + TOKENS - 1) / TOKENS;
        for (int pair = 0; pair < group * tiles; pair++) {
            int tile = begin + pair % tiles * TOKENS;
            int head = kvHead * group + pair / tiles;
            for (int n = context.localIdx; n < TOKENS * width; n += THREADS) {
                int token = batch * depth + TornadoMath.min(tile + n / width, depth - 1);
                queries[n] = memory.get(arguments.get(at + 4) + token * stride + head * width + n % width);
                dOutputs[n] = memory.get(arguments.get(at + 1) + (token * heads + head) * width + n % width);
            }
            context.localBarrier();
            int statistic = (batch * heads + head) * depth + tile;
            for (int j = TornadoMath.max(0, last - tile); j < TornadoMath.min(TOKENS, depth - tile); j++) {
                if (numbers.get(starts + tile + j) <= last) {
                    float score = 0f;
                    float dWeight = 0f;
                    for (int d = 0; d < width; d++) {
                        score += key[d] * queries[j * width + d];
                        dWeight += value[d] * dOutputs[j * width + d];
                    }
                    float logSumExp = memory.get(arguments.get(at + 3) + statistic + j);
                    float delta = memory.get(arguments.get(at + 6) + statistic + j);
                    float weight = TornadoMath.exp(score * scale - logSumExp);
                    float dScore = weight * (dWeight - delta) * scale;
                    for (int d = 0; d < width; d++) {
                        dKey[d] = dKey[d] + dScore * queries[j * width + d];
                        dValue[d] = dValue[d] + weight * dOutputs[j * width + d];
                    }
                }
            }
            context.localBarrier();
        }
        if (s < depth) {
            for (int d = 0; d < width; d++) {
                memory.set(arguments.get(at) + place + d, dKey[d]);
                memory.set(arguments.get(at) + place + kvHeads * width + d, dValue[d]);
            }
        }
    }

    /** The first query that sees none of the keys of a block, as its document begins behind them. */
    private static int seenUntil(IntArray numbers, int starts, int begin, int depth) {
        int end = begin;
        int keys = TornadoMath.min(begin + THREADS, depth);
        for (int t = begin; t < depth; t++) {
            if (numbers.get(starts + t) < keys) {
                end = t + 1;
            }
        }
        return end;
    }
}
