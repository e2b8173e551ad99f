package org.alluvium.trainer.backend.cpu.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.alluvium.trainer.backend.LossTerms;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.cpu.lanes.Elements;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;
import org.alluvium.trainer.backend.cpu.lanes.Scalars;
import org.alluvium.trainer.backend.cpu.memory.CpuIndices;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;

/**
 * Softmax and cross entropy over a range of rows; destroys the logits. Where logits are bent, the slope of the bend is needed
 * when the softmax is known, so exponentials are computed twice instead of being stored over the logits.
 */
final class CrossEntropyKernel {

    private final MemorySegment losses; // (N)
    private final MemorySegment logits; // (N,V)
    private final CpuIndices targets;
    private final float cap;
    private final float zWeight;
    private final int vocabulary;
    private final int bound;
    private final VectorMask<Float> tail;

    CrossEntropyKernel(Tensor losses, Tensor logits, CpuIndices targets, LossTerms terms, int vocabulary) {
        this.losses = CpuTensor.floats(losses);
        this.logits = CpuTensor.floats(logits);
        this.targets = targets;
        cap = (float) terms.softCap();
        zWeight = (float) terms.zWeight();
        this.vocabulary = vocabulary;
        bound = Lanes.bound(vocabulary);
        tail = Lanes.first(vocabulary - bound);
    }

    /** Fills the losses only. */
    void forward(int from, int to) {
        for (int n = from; n < to; n++) {
            if (targets.get(n) < 0) {
                Scalars.set(losses, n, 0);
            } else {
                loss(n);
            }
        }
    }

    /** Fills the losses and the gradient (N,V) of {@code scale * loss}, which may be the logits. */
    void forwardBackward(Elements gradient, float scale, int from, int to) {
        for (int n = from; n < to; n++) {
            long row = (long) n * vocabulary;
            if (targets.get(n) < 0) {
                Scalars.set(losses, n, 0);
                gradient.clear(row, vocabulary);
            } else if (cap > 0) {
                bentLossAndGradient(n, gradient, scale);
            } else {
                float factor = scale * loss(n);
                long target = row + targets.get(n);
                float exponential = Scalars.get(logits, target);
                multiply(gradient, row, factor);
                gradient.set(target, exponential * factor - scale);
            }
        }
    }

    /** Replaces the row by exp(logit - largest), stores the loss, and returns what makes a gradient of the row. */
    private float loss(int n) {
        long row = (long) n * vocabulary;
        if (cap > 0) {
            bend(row);
        }
        float targetLogit = Scalars.get(logits, row + targets.get(n));
        float largest = largest(row);
        float sum = exponentiate(row, largest);
        return store(n, largest, sum, targetLogit);
    }

    /** Stores the loss; returns the factor of an exponential in the gradient. */
    private float store(int n, float largest, float sum, float targetLogit) {
        double logSumExp = StrictMath.log(sum) + largest;
        Scalars.set(losses, n, (float) (logSumExp - targetLogit));
        return (float) ((1 + 2 * zWeight * logSumExp) / sum);
    }

    private void bentLossAndGradient(int n, Elements gradient, float scale) {
        long row = (long) n * vocabulary;
        long target = row + targets.get(n);
        bend(row);
        float targetLogit = Scalars.get(logits, target);
        float largest = largest(row);
        float sum = sumOfExponentials(row, largest);
        float factor = scale * store(n, largest, sum, targetLogit);
        for (int v = 0; v < vocabulary; v += Lanes.COUNT) {
            VectorMask<Float> inside = Lanes.SPECIES.indexInRange(v, vocabulary);
            FloatVector bent = Lanes.load(logits, row + v, inside);
            FloatVector share = Lanes.exp(bent.sub(largest)).mul(factor);
            gradient.store(share.mul(slope(bent)), row + v, inside);
        }
        float share = targetLogit / cap;
        float probability = Lanes.exp(targetLogit - largest) * factor;
        gradient.set(target, (probability - scale) * (1 - share * share));
    }

    /** {@code cap tanh(x / cap)}, with {@code tanh(y) = 1 - 2 / (exp(2y) + 1)}. */
    private void bend(long row) {
        for (int v = 0; v < vocabulary; v += Lanes.COUNT) {
            VectorMask<Float> inside = Lanes.SPECIES.indexInRange(v, vocabulary);
            FloatVector exponential =
                    Lanes.exp(Lanes.load(logits, row + v, inside).mul(2 / cap));
            FloatVector below = Lanes.broadcast(-2 * cap).div(exponential.add(1f));
            Lanes.store(below.add(cap), logits, row + v, inside);
        }
    }

    /** The derivative of the bend, from what came out of it. */
    private FloatVector slope(FloatVector bent) {
        FloatVector share = bent.div(cap);
        return share.neg().fma(share, Lanes.broadcast(1f));
    }

    private float sumOfExponentials(long row, float largest) {
        FloatVector sum = Lanes.zero();
        for (int v = 0; v < vocabulary; v += Lanes.COUNT) {
            VectorMask<Float> inside = Lanes.SPECIES.indexInRange(v, vocabulary);
            FloatVector exponential =
                    Lanes.exp(Lanes.load(logits, row + v, inside).sub(largest));
            sum = sum.add(Lanes.zero().blend(exponential, inside));
        }
        return Lanes.sum(sum.add(0f));
    }

    private float largest(long row) {
        FloatVector largest = Lanes.broadcast(Float.NEGATIVE_INFINITY);
        for (int v = 0; v < bound; v += Lanes.COUNT) {
            largest = Lanes.larger(largest, Lanes.load(logits, row + v));
        }
        if (bound < vocabulary) {
            FloatVector last =
                    Lanes.broadcast(Float.NEGATIVE_INFINITY).blend(Lanes.load(logits, row + bound, tail), tail);
            largest = largest.max(last);
        }
        return largest.reduceLanes(VectorOperators.MAX);
    }

    /** One exponential at a time: two side by side need more registers than the compiler manages, at five times the cost. */
    private float exponentiate(long row, float largest) {
        FloatVector sum = Lanes.zero();
        for (int v = 0; v < bound; v += Lanes.COUNT) {
            FloatVector exponential = Lanes.exp(Lanes.load(logits, row + v).sub(largest));
            Lanes.store(exponential, logits, row + v);
            sum = sum.add(exponential);
        }
        if (bound < vocabulary) {
            FloatVector exponential =
                    Lanes.exp(Lanes.load(logits, row + bound, tail).sub(largest));
            Lanes.store(exponential, logits, row + bound, tail);
            sum = sum.add(Lanes.zero().blend(exponential, tail));
        }
        return Lanes.sum(sum.add(0f));
    }

    private void multiply(Elements gradient, long row, float factor) {
        for (int v = 0; v < bound; v += Lanes.COUNT) {
            gradient.store(Lanes.load(logits, row + v).mul(factor), row + v);
        }
        if (bound < vocabulary) {
            gradient.store(Lanes.load(logits, row + bound, tail).mul(factor), row + bound, tail);
        }
    }
}
