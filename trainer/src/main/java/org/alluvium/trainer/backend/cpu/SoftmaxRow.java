package org.alluvium.trainer.backend.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * A row of attention scores of which columns {@code low .. high - 1} are visible. Rows are processed from column 0 by
 * whole vectors, with masks for what is not visible, so that lanes do not shift with {@code low}.
 */
final class SoftmaxRow {

    private SoftmaxRow() {}

    private static VectorMask<Float> visible(int column, int low, int high) {
        return Lanes.SPECIES.indexInRange(column - low, high - low);
    }

    static float largest(MemorySegment scores, long row, int low, int high) {
        FloatVector largest = Lanes.broadcast(Float.NEGATIVE_INFINITY);
        for (int s = Lanes.bound(low); s < high; s += Lanes.COUNT) {
            VectorMask<Float> mask = visible(s, low, high);
            FloatVector candidate = Lanes.load(scores, row + s, mask);
            largest = largest.lanewise(VectorOperators.MAX, candidate, mask);
        }
        return Lanes.max(largest);
    }

    /** Replaces visible scores by exp(score - shift) and the other columns up to {@code count} by 0; returns the sum. */
    static float exponentiate(MemorySegment scores, long row, int low, int high, int count, float shift) {
        FloatVector sum = Lanes.zero();
        for (int s = 0; s < count; s += Lanes.COUNT) {
            VectorMask<Float> mask = visible(s, low, high);
            VectorMask<Float> inside = Lanes.SPECIES.indexInRange(s, count);
            FloatVector exponential =
                    Lanes.exp(Lanes.load(scores, row + s, inside).sub(shift));
            FloatVector probability = Lanes.zero().blend(exponential, mask);
            Lanes.store(probability, scores, row + s, inside);
            sum = sum.add(probability);
        }
        return Lanes.sum(sum);
    }

    static void multiply(MemorySegment scores, long row, int count, float factor) {
        for (int s = 0; s < count; s += Lanes.COUNT) {
            VectorMask<Float> inside = Lanes.SPECIES.indexInRange(s, count);
            Lanes.store(Lanes.load(scores, row + s, inside).mul(factor), scores, row + s, inside);
        }
    }

    /** {@code gradient = probability * (gradient - delta) * scale}. */
    static void gradient(
            MemorySegment scratch, long probabilities, long gradients, int count, float delta, float scale) {
        for (int s = 0; s < count; s += Lanes.COUNT) {
            VectorMask<Float> inside = Lanes.SPECIES.indexInRange(s, count);
            FloatVector probability =
                    Lanes.load(scratch, probabilities + s, inside).mul(scale);
            FloatVector difference = Lanes.load(scratch, gradients + s, inside).sub(delta);
            Lanes.store(probability.mul(difference), scratch, gradients + s, inside);
        }
    }
}
