package org.alluvium.trainer.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * As {@link CrossEntropy}, for GPUs: a group of threads has a row. Neighbours read neighbours; each goes once through its share with
 * an online softmax, and shares are joined in local memory in an order that is always the same.
 */
final class GroupCrossEntropy {

    /** Threads of a group. */
    static final int THREADS = 256;

    private GroupCrossEntropy() {}

    /** One for each row. */
    static int groups(int items, int width, int depth) {
        return items;
    }

    /** As {@link CrossEntropy#losses}. */
    static void losses(
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
        float[] maxima = context.allocateFloatLocalArray(THREADS);
        float[] sums = context.allocateFloatLocalArray(THREADS);
        int n = context.groupIdx;
        int thread = context.localIdx;
        int row = arguments.get(at + 1) + n * width;
        float softCap = reals.get(realAt);
        float max = CrossEntropy.NONE;
        float sum = 0f;
        for (int v = thread; v < width; v += THREADS) {
            float logit = CrossEntropy.bent(memory.get(row + v), softCap);
            float larger = TornadoMath.max(max, logit);
            sum = sum * TornadoMath.exp(max - larger) + TornadoMath.exp(logit - larger);
            max = larger;
        }
        maxima[thread] = max;
        sums[thread] = sum;
        for (int half = THREADS / 2; half > 0; half /= 2) {
            context.localBarrier();
            if (thread < half) {
                float other = maxima[thread + half];
                float larger = TornadoMath.max(maxima[thread], other);
                sums[thread] = sums[thread] * TornadoMath.exp(maxima[thread] - larger)
                        + sums[thread + half] * TornadoMath.exp(other - larger);
                maxima[thread] = larger;
            }
        }
        context.localBarrier();
        if (thread == 0) {
            float logSumExp = maxima[0] + TornadoMath.log(sums[0]);
            int target = numbers.get(arguments.get(at + 2) + n);
            float scored = CrossEntropy.bent(memory.get(row + (target < 0 ? 0 : target)), softCap);
            memory.set(arguments.get(at) + n, target < 0 ? 0f : logSumExp - scored);
        }
    }

    /** As {@link CrossEntropy#gradient}. The gradient may be the logits: the target's is read before any is written. */
    static void gradient(
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
        float[] maxima = context.allocateFloatLocalArray(THREADS);
        float[] sums = context.allocateFloatLocalArray(THREADS);
        int n = context.groupIdx;
        int thread = context.localIdx;
        int row = arguments.get(at + 1) + n * width;
        float softCap = reals.get(realAt);
        float max = CrossEntropy.NONE;
        float sum = 0f;
        for (int v = thread; v < width; v += THREADS) {
            float logit = CrossEntropy.bent(memory.get(row + v), softCap);
            float larger = TornadoMath.max(max, logit);
            sum = sum * TornadoMath.exp(max - larger) + TornadoMath.exp(logit - larger);
            max = larger;
        }
        maxima[thread] = max;
        sums[thread] = sum;
        for (int half = THREADS / 2; half > 0; half /= 2) {
            context.localBarrier();
            if (thread < half) {
                float other = maxima[thread + half];
                float larger = TornadoMath.max(maxima[thread], other);
                sums[thread] = sums[thread] * TornadoMath.exp(maxima[thread] - larger)
                        + sums[thread + half] * TornadoMath.exp(other - larger);
                maxima[thread] = larger;
            }
        }
        context.localBarrier();
        float logSumExp = maxima[0] + TornadoMath.log(sums[0]);
        int target = numbers.get(arguments.get(at + 2) + n);
        if (thread == 0) {
            float scored = CrossEntropy.bent(memory.get(row + (target < 0 ? 0 : target)), softCap);
            memory.set(arguments.get(at) + n, target < 0 ? 0f : logSumExp - scored);
        }
        context.localBarrier();
        float factor = 1 + 2 * reals.get(realAt + 1) * logSumExp;
        float scale = target < 0 ? 0f : reals.get(realAt + 2);
        int gradient = arguments.get(at + 3) + n * width;
        for (int v = thread; v < width; v += THREADS) {
            float slope = CrossEntropy.slope(memory.get(row + v), softCap, logSumExp, factor, v == target ? 1f : 0f);
            memory.set(gradient + v, slope * scale);
        }
    }
}
