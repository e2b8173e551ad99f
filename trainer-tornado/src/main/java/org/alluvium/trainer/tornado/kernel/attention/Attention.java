package org.alluvium.trainer.tornado.kernel.attention;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Causal attention within documents by online softmax (arXiv 1805.02867): one pass over the keys, no row of scores is ever held.
 * The output row is where the sum is kept. The width is D.
 */
public final class Attention {

    private Attention() {}

    /** Arguments: output, logSumExp, packed, starts, H, G; an item is one of (B,H,T) queries, the depth is T. */
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
        int logSumExp = arguments.get(at + 1);
        int starts = arguments.get(at + 3);
        int heads = arguments.get(at + 4);
        int kvHeads = arguments.get(at + 5);
        for (@Parallel int i = 0; i < items; i++) {
            int t = i % depth;
            int head = i / depth % heads;
            int row = i / depth / heads * depth; // the first token of this row of the batch
            int stride = (heads + 2 * kvHeads) * width;
            int base = arguments.get(at + 2) + row * stride;
            int query = base + t * stride + head * width;
            int key = base + (heads + head / (heads / kvHeads)) * width;
            int output = arguments.get(at) + ((row + t) * heads + head) * width;
            float sum =
                    mix(memory, output, query, key, kvHeads * width, stride, numbers.get(starts + row + t), t, width);
            memory.set(logSumExp + i, sum);
        }
    }

    /**
     * Arguments: output, packed, H, G, logSumExp (H), T; an item is one of H heads. T is an argument, as a text that is continued
     * grows by a token at a time. The logarithms are written only because TornadoVM leaves out a call whose result nobody uses,
     * with all that it writes.
     */
    public static void attentionOfLast(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int packed = arguments.get(at + 1);
        int heads = arguments.get(at + 2);
        int kvHeads = arguments.get(at + 3);
        int last = arguments.get(at + 5) - 1;
        for (@Parallel int head = 0; head < items; head++) {
            int stride = (heads + 2 * kvHeads) * width;
            int query = packed + last * stride + head * width;
            int key = packed + (heads + head / (heads / kvHeads)) * width;
            int output = arguments.get(at) + head * width;
            float sum = mix(memory, output, query, key, kvHeads * width, stride, 0, last, width);
            memory.set(arguments.get(at + 4) + head, sum);
        }
    }

    /** Mixes the values of keys {@code from .. to} and returns the logarithm of the sum of the scores' exponentials. */
    private static float mix(
            FloatArray memory, int output, int query, int key, int toValue, int stride, int from, int to, int width) {
        float scale = 1 / TornadoMath.sqrt((float) width);
        float max = PackedAttention.NONE;
        float sum = 0;
        for (int d = 0; d < width; d++) {
            memory.set(output + d, 0f);
        }
        for (int s = from; s <= to; s++) {
            float score = 0;
            for (int d = 0; d < width; d++) {
                score += memory.get(query + d) * memory.get(key + s * stride + d);
            }
            score *= scale;
            float larger = TornadoMath.max(max, score);
            float shrink = TornadoMath.exp(max - larger);
            float weight = TornadoMath.exp(score - larger);
            sum = sum * shrink + weight;
            max = larger;
            for (int d = 0; d < width; d++) {
                float mixed = memory.get(output + d) * shrink + weight * memory.get(key + toValue + s * stride + d);
                memory.set(output + d, mixed);
            }
        }
        for (int d = 0; d < width; d++) {
            memory.set(output + d, memory.get(output + d) / sum);
        }
        return max + TornadoMath.log(sum);
    }
}
