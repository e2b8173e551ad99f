package org.alluvium.trainer.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The loss of rows of logits, and its gradient; the width is V. */
final class CrossEntropy {

    /** Less than any logit, and finite: its difference with itself is zero. */
    static final float NONE = -1e30f;

    private CrossEntropy() {}

    /** Arguments: losses (N), logits (N,V), targets (N); softCap; an item is a row. */
    static void losses(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int losses = arguments.get(at);
        int logits = arguments.get(at + 1);
        int targets = arguments.get(at + 2);
        float softCap = reals.get(realAt);
        for (@Parallel int n = 0; n < items; n++) {
            int target = numbers.get(targets + n);
            int row = logits + n * width;
            float sum = logSumExp(memory, row, softCap, width);
            float scored = bent(memory.get(row + (target < 0 ? 0 : target)), softCap);
            memory.set(losses + n, target < 0 ? 0f : sum - scored);
        }
    }

    /**
     * Arguments: losses, logits, targets, gradient (N,V); softCap, zWeight, scale; an item is a row. The gradient may be the
     * logits.
     */
    static void gradient(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int losses = arguments.get(at);
        int logits = arguments.get(at + 1);
        int targets = arguments.get(at + 2);
        float softCap = reals.get(realAt);
        int gradient = arguments.get(at + 3);
        float zWeight = reals.get(realAt + 1);
        float scale = reals.get(realAt + 2);
        for (@Parallel int n = 0; n < items; n++) {
            int target = numbers.get(targets + n);
            int row = logits + n * width;
            float sum = logSumExp(memory, row, softCap, width);
            float scored = bent(memory.get(row + (target < 0 ? 0 : target)), softCap);
            memory.set(losses + n, target < 0 ? 0f : sum - scored);
            float factor = 1 + 2 * zWeight * sum;
            float counted = target < 0 ? 0f : scale;
            for (int v = 0; v < width; v++) {
                float slope = slope(memory.get(row + v), softCap, sum, factor, v == target ? 1f : 0f);
                memory.set(gradient + n * width + v, slope * counted);
            }
        }
    }

    /** Of the loss by a logit, which is the target's or not. */
    static float slope(float logit, float softCap, float logSumExp, float factor, float isTarget) {
        float bent = bent(logit, softCap);
        float share = softCap > 0 ? bent / softCap : 0f;
        return (TornadoMath.exp(bent - logSumExp) * factor - isTarget) * (1 - share * share);
    }

    static float bent(float logit, float softCap) {
        return softCap > 0 ? softCap * TornadoMath.tanh(logit / softCap) : logit;
    }

    private static float logSumExp(FloatArray memory, int row, float softCap, int width) {
        float max = NONE;
        for (int v = 0; v < width; v++) {
            max = TornadoMath.max(max, bent(memory.get(row + v), softCap));
        }
        float sum = 0;
        for (int v = 0; v < width; v++) {
            sum += TornadoMath.exp(bent(memory.get(row + v), softCap) - max);
        }
        return max + TornadoMath.log(sum);
    }
}
