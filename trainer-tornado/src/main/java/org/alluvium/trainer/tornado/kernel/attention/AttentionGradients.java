package org.alluvium.trainer.tornado.kernel.attention;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Gradients of attention, in two kernels that each own what they write: one by query, one by key. Scores are computed anew from
 * the logarithms of their sums. The width is D, the depth T.
 */
public final class AttentionGradients {

    private AttentionGradients() {}

    /**
     * Arguments: gradient, dOutput, output, logSumExp, packed, starts, delta (B,H,T), H, G; an item is one of (B,H,T)
     * queries. Fills delta with the dot products of outputs and their gradients.
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
        for (@Parallel int i = 0; i < items; i++) {
            int t = i % depth;
            int head = i / depth % heads;
            int row = i / depth / heads * depth;
            int stride = (heads + 2 * kvHeads) * width;
            int place = (row + t) * stride + head * width;
            int gradient = arguments.get(at) + place;
            int dOutput = arguments.get(at + 1) + ((row + t) * heads + head) * width;
            int output = arguments.get(at + 2) + ((row + t) * heads + head) * width;
            int query = arguments.get(at + 4) + place;
            int key = arguments.get(at + 4) + row * stride + (heads + head / (heads / kvHeads)) * width;
            float scale = 1 / TornadoMath.sqrt((float) width);
            float logSumExp = memory.get(arguments.get(at + 3) + i);
            float delta = dot(memory, dOutput, output, width);
            memory.set(arguments.get(at + 6) + i, delta);
            for (int d = 0; d < width; d++) {
                memory.set(gradient + d, 0f);
            }
            for (int s = numbers.get(arguments.get(at + 5) + row + t); s <= t; s++) {
                int there = key + s * stride;
                float probability = TornadoMath.exp(dot(memory, query, there, width) * scale - logSumExp);
                float dScore = probability * (dot(memory, dOutput, there + kvHeads * width, width) - delta) * scale;
                for (int d = 0; d < width; d++) {
                    memory.set(gradient + d, memory.get(gradient + d) + dScore * memory.get(there + d));
                }
            }
        }
    }

    /** Arguments: as above, and delta is read; an item is one of (B,G,T) keys. */
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
        for (@Parallel int i = 0; i < items; i++) {
            int s = i % depth;
            int kvHead = i / depth % kvHeads;
            int row = i / depth / kvHeads * depth;
            int stride = (heads + 2 * kvHeads) * width;
            int group = heads / kvHeads;
            int base = arguments.get(at + 4) + row * stride;
            int key = base + s * stride + (heads + kvHead) * width;
            int dKey = arguments.get(at) + (row + s) * stride + (heads + kvHead) * width;
            int dValue = dKey + kvHeads * width;
            float scale = 1 / TornadoMath.sqrt((float) width);
            for (int d = 0; d < width; d++) {
                memory.set(dKey + d, 0f);
                memory.set(dValue + d, 0f);
            }
            for (int pair = 0; pair < group * (depth - s); pair++) {
                int t = s + pair % (depth - s);
                int head = kvHead * group + pair / (depth - s);
                if (numbers.get(arguments.get(at + 5) + row + t) <= s) {
                    int query = base + t * stride + head * width;
                    int statistic = (row * heads) + head * depth + t;
                    int dOutput = arguments.get(at + 1) + ((row + t) * heads + head) * width;
                    float logSumExp = memory.get(arguments.get(at + 3) + statistic);
                    float delta = memory.get(arguments.get(at + 6) + statistic);
                    float probability = TornadoMath.exp(dot(memory, query, key, width) * scale - logSumExp);
                    float dProbability = dot(memory, dOutput, key + kvHeads * width, width);
                    float dScore = probability * (dProbability - delta) * scale;
                    for (int d = 0; d < width; d++) {
                        memory.set(dKey + d, memory.get(dKey + d) + dScore * memory.get(query + d));
                        memory.set(dValue + d, memory.get(dValue + d) + probability * memory.get(dOutput + d));
                    }
                }
            }
        }
    }

    private static float dot(FloatArray memory, int x, int y, int width) {
        float sum = 0;
        for (int d = 0; d < width; d++) {
            sum += memory.get(x + d) * memory.get(y + d);
        }
        return sum;
    }
}
