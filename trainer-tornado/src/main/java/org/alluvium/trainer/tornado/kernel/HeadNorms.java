package org.alluvium.trainer.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** RMSNorm of every query and key head of packed rows; the width is D. */
final class HeadNorms {

    private HeadNorms() {}

    /** Arguments: input, queryWeight, keyWeight, inverseRms, output, H, G; epsilon; an item is one of (N,H+2G) heads. */
    static void headNorm(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int input = arguments.get(at);
        int inverseRms = arguments.get(at + 3);
        int output = arguments.get(at + 4);
        float epsilon = reals.get(realAt);
        int heads = arguments.get(at + 5);
        int kvHeads = arguments.get(at + 6);
        for (@Parallel int i = 0; i < items; i++) {
            int head = i % (heads + 2 * kvHeads);
            int row = i * width;
            int weight = arguments.get(head < heads ? at + 1 : at + 2);
            float squares = 0;
            for (int d = 0; d < width; d++) {
                float value = memory.get(input + row + d);
                squares += value * value;
            }
            float r = 1 / TornadoMath.sqrt(squares / width + epsilon);
            int normed = head < heads + kvHeads ? 1 : 0;
            if (normed == 1) {
                memory.set(inverseRms + i / (heads + 2 * kvHeads) * (heads + kvHeads) + head, r);
            }
            for (int d = 0; d < width; d++) {
                float value = memory.get(input + row + d);
                float result = normed == 1 ? value * r * memory.get(weight + d) : value;
                memory.set(output + row + d, result);
            }
        }
    }

    /** Arguments: input, queryWeight, keyWeight, inverseRms, gradient, H, G; an item is one of (N,H+G) heads. */
    static void headNormInput(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int inverseRms = arguments.get(at + 3);
        int heads = arguments.get(at + 5);
        int kvHeads = arguments.get(at + 6);
        for (@Parallel int i = 0; i < items; i++) {
            int head = i % (heads + kvHeads);
            int row = (i / (heads + kvHeads) * (heads + 2 * kvHeads) + head) * width;
            int input = arguments.get(at) + row;
            int gradient = arguments.get(at + 4) + row;
            int weight = arguments.get(head < heads ? at + 1 : at + 2);
            float r = memory.get(inverseRms + i);
            float dot = 0;
            for (int d = 0; d < width; d++) {
                dot += memory.get(gradient + d) * memory.get(weight + d) * memory.get(input + d);
            }
            float shrink = dot * r * r * r / width;
            for (int d = 0; d < width; d++) {
                float direct = memory.get(gradient + d) * memory.get(weight + d) * r;
                memory.set(gradient + d, direct - shrink * memory.get(input + d));
            }
        }
    }

    /**
     * Arguments: input, inverseRms, gradient, sums (strands,D), H, G, first head, last head + 1, N; an item is one of (strands,D), and
     * sums every so many-th token; the depth is how many strands there are.
     */
    static void headNormWeight(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int input = arguments.get(at);
        int inverseRms = arguments.get(at + 1);
        int gradient = arguments.get(at + 2);
        int sums = arguments.get(at + 3);
        int heads = arguments.get(at + 4);
        int kvHeads = arguments.get(at + 5);
        int from = arguments.get(at + 6);
        int to = arguments.get(at + 7);
        int tokens = arguments.get(at + 8);
        for (@Parallel int i = 0; i < items; i++) {
            float sum = 0;
            for (int n = i / width; n < tokens; n += depth) {
                for (int head = from; head < to; head++) {
                    int place = (n * (heads + 2 * kvHeads) + head) * width + i % width;
                    float r = memory.get(inverseRms + n * (heads + kvHeads) + head);
                    sum += memory.get(gradient + place) * memory.get(input + place) * r;
                }
            }
            memory.set(sums + i, sum);
        }
    }
}
