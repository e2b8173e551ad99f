package org.alluvium.trainer.backend.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Softmax and cross entropy over a range of rows; destroys the logits. */
final class CrossEntropyKernel {

    private final MemorySegment losses; // (N)
    private final MemorySegment logits; // (N,V)
    private final CpuIndices targets;
    private final int vocabulary;
    private final int bound;
    private final VectorMask<Float> tail;

    CrossEntropyKernel(CpuTensor losses, CpuTensor logits, CpuIndices targets, int vocabulary) {
        this.losses = losses.segment();
        this.logits = logits.segment();
        this.targets = targets;
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

    /** Fills the losses and leaves the gradient of {@code scale * loss} in the logits. */
    void forwardBackward(float scale, int from, int to) {
        for (int n = from; n < to; n++) {
            long row = (long) n * vocabulary;
            if (targets.get(n) < 0) {
                Scalars.set(losses, n, 0);
                logits.asSlice(row * Float.BYTES, (long) vocabulary * Float.BYTES)
                        .fill((byte) 0);
            } else {
                float sum = loss(n);
                multiply(row, scale / sum);
                long target = row + targets.get(n);
                Scalars.set(logits, target, Scalars.get(logits, target) - scale);
            }
        }
    }

    /** Replaces the row by exp(logit - largest), stores the loss and returns the row's sum. */
    private float loss(int n) {
        long row = (long) n * vocabulary;
        float targetLogit = Scalars.get(logits, row + targets.get(n));
        float largest = largest(row);
        float sum = exponentiate(row, largest);
        Scalars.set(losses, n, (float) (StrictMath.log(sum) + largest - targetLogit));
        return sum;
    }

    private float largest(long row) {
        FloatVector largest = Lanes.broadcast(Float.NEGATIVE_INFINITY);
        for (int v = 0; v < bound; v += Lanes.COUNT) {
            largest = largest.max(Lanes.load(logits, row + v));
        }
        if (bound < vocabulary) {
            FloatVector last =
                    Lanes.broadcast(Float.NEGATIVE_INFINITY).blend(Lanes.load(logits, row + bound, tail), tail);
            largest = largest.max(last);
        }
        return Lanes.max(largest);
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
        return Lanes.sum(sum);
    }

    private void multiply(long row, float factor) {
        for (int v = 0; v < bound; v += Lanes.COUNT) {
            Lanes.store(Lanes.load(logits, row + v).mul(factor), logits, row + v);
        }
        if (bound < vocabulary) {
            Lanes.store(Lanes.load(logits, row + bound, tail).mul(factor), logits, row + bound, tail);
        }
    }
}
