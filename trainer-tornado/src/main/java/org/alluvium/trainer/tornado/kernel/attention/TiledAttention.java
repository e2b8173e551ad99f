package org.alluvium.trainer.tornado.kernel.attention;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Causal attention within documents for GPUs, after FlashAttention (arXiv 2205.14135): a thread has a query and what it mixes in
 * registers, and a group of 64 brings keys and values into local memory (32 KB), 32 at a time. Tiles that none of the queries sees
 * are left out. The width is D, at most 128; the depth T.
 *
 * <p>Arrays are written in the method that allocates them, as {@code TiledProducts} says.
 */
public final class TiledAttention {

    /** The widest head there is room for. */
    public static final int WIDEST = 128;

    /** Threads of a group, which are its queries. */
    public static final int THREADS = 64;

    private static final int KEYS = 32; // in local memory at once

    private TiledAttention() {}

    /** Groups of so many queries, or keys. */
    public static int groups(int items, int width, int depth) {
        return items / depth * ((depth + THREADS - 1) / THREADS);
    }

    /** As {@link Attention#attention}. */
    public static void attention(
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
        float[] keys = context.allocateFloatLocalArray(KEYS * WIDEST);
        float[] values = context.allocateFloatLocalArray(KEYS * WIDEST);
        float[] query = new float[WIDEST];
        float[] mixed = new float[WIDEST];
        int heads = arguments.get(at + 4);
        int kvHeads = arguments.get(at + 5);
        int blocks = (depth + THREADS - 1) / THREADS;
        int begin = context.groupIdx % blocks * THREADS;
        int head = context.groupIdx / blocks % heads;
        int batch = context.groupIdx / blocks / heads;
        int t = begin + context.localIdx;
        int last = TornadoMath.min(t, depth - 1);
        int stride = (heads + 2 * kvHeads) * width;
        int first = arguments.get(at + 2) + batch * depth * stride; // of the tokens of this row of the batch
        int starts = arguments.get(at + 3) + batch * depth;
        int key = first + (heads + head / (heads / kvHeads)) * width;
        for (int d = 0; d < width; d++) {
            query[d] = memory.get(first + last * stride + head * width + d);
            mixed[d] = 0f;
        }
        float scale = HeadTiles.scale(width);
        float max = PackedAttention.NONE;
        float sum = 0f;
        int from = numbers.get(starts + last);
        int end = TornadoMath.min(begin + THREADS, depth);
        for (int tile = numbers.get(starts + begin) / KEYS * KEYS; tile < end; tile += KEYS) {
            for (int n = context.localIdx; n < KEYS * width; n += THREADS) {
                int token = TornadoMath.min(tile + n / width, depth - 1);
                keys[n] = memory.get(key + token * stride + n % width);
                values[n] = memory.get(key + token * stride + kvHeads * width + n % width);
            }
            context.localBarrier();
            for (int j = TornadoMath.max(0, from - tile); j <= TornadoMath.min(KEYS - 1, last - tile); j++) {
                float score = 0f;
                for (int d = 0; d < width; d++) {
                    score += query[d] * keys[j * width + d];
                }
                float larger = TornadoMath.max(max, score * scale);
                float shrink = TornadoMath.exp(max - larger);
                float weight = TornadoMath.exp(score * scale - larger);
                sum = sum * shrink + weight;
                max = larger;
                for (int d = 0; d < width; d++) {
                    mixed[d] = mixed[d] * shrink + weight * values[j * width + d];
                }
            }
            context.localBarrier();
        }
        if (t < depth) {
            int output = arguments.get(at) + ((batch * depth + t) * heads + head) * width;
            for (int d = 0; d < width; d++) {
                memory.set(output + d, mixed[d] / sum);
            }
            memory.set(arguments.get(at + 1) + (batch * heads + head) * depth + t, max + TornadoMath.log(sum));
        }
    }
}
