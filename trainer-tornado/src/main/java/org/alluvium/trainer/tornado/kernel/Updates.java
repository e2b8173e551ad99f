package org.alluvium.trainer.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The norm of gradients and AdamW. */
final class Updates {

    private Updates() {}

    /**
     * Arguments: to, from, size, between, step; item i sums the squares of elements i between, i between + step and so on, up to
     * the next item's if the step is 1.
     */
    static void partialSquares(
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
        int from = arguments.get(at + 1);
        int size = arguments.get(at + 2);
        int between = arguments.get(at + 3);
        int step = arguments.get(at + 4);
        for (@Parallel int i = 0; i < items; i++) {
            int end = step == 1 ? TornadoMath.min(size, (i + 1) * between) : size;
            float sum = 0;
            for (int k = i * between; k < end; k += step) {
                float value = memory.get(from + k);
                sum += value * value;
            }
            memory.set(to + i, sum);
        }
    }

    /** Arguments: to, from; the only item adds up as many as the depth says. */
    static void total(
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
        int from = arguments.get(at + 1);
        for (@Parallel int i = 0; i < items; i++) {
            float sum = 0;
            for (int k = 0; k < depth; k++) {
                sum += memory.get(from + k);
            }
            memory.set(to + i, sum);
        }
    }

    /**
     * Arguments: weights, gradients, first, second, squared norm, cautious; maxNorm, beta1, 1 - beta1, beta2, 1 - beta2,
     * epsilon, keep, rate, rootScale; an item is a weight.
     */
    static void adamW(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int weights = arguments.get(at);
        int gradients = arguments.get(at + 1);
        int firsts = arguments.get(at + 2);
        int seconds = arguments.get(at + 3);
        float clip = clipFactor(memory.get(arguments.get(at + 4)), reals.get(realAt));
        int cautious = arguments.get(at + 5);
        float share1 = reals.get(realAt + 1);
        float rest1 = reals.get(realAt + 2);
        float share2 = reals.get(realAt + 3);
        float rest2 = reals.get(realAt + 4);
        float epsilon = reals.get(realAt + 5);
        float keep = reals.get(realAt + 6);
        float rate = reals.get(realAt + 7);
        float rootScale = reals.get(realAt + 8);
        for (@Parallel int i = 0; i < items; i++) {
            float gradient = memory.get(gradients + i) * clip;
            float first = share1 * memory.get(firsts + i) + rest1 * gradient;
            float second = share2 * memory.get(seconds + i) + rest2 * gradient * gradient;
            float root = TornadoMath.sqrt(second) * rootScale + epsilon;
            memory.set(firsts + i, first);
            memory.set(seconds + i, second);
            float weight = memory.get(weights + i);
            float kept = cautious == 1 && weight * first < 0 ? 1f : keep;
            memory.set(weights + i, weight * kept - rate * first / root);
        }
    }

    /** What gradients of this squared norm are multiplied by. */
    static float clipFactor(float squaredNorm, float maxNorm) {
        float norm = TornadoMath.sqrt(squaredNorm);
        return maxNorm > 0 && norm > maxNorm ? maxNorm / norm : 1f;
    }
}
