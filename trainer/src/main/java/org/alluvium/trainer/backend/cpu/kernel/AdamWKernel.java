package org.alluvium.trainer.backend.cpu.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.alluvium.trainer.backend.AdamWCoefficients;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;

/** One AdamW update of a range of weights. */
final class AdamWKernel {

    private final MemorySegment weights;
    private final MemorySegment gradients;
    private final MemorySegment firstMoments;
    private final MemorySegment secondMoments;
    private final float clip;
    private final float beta1;
    private final float beta2;
    private final float epsilon;
    private final float keep;
    private final float rate;
    private final float rootScale;
    private final boolean cautious;

    AdamWKernel(
            CpuTensor weights,
            CpuTensor gradients,
            CpuTensor firstMoments,
            CpuTensor secondMoments,
            AdamWCoefficients coefficients,
            float squaredNorm) {
        this.weights = weights.segment();
        this.gradients = gradients.segment();
        this.firstMoments = firstMoments.segment();
        this.secondMoments = secondMoments.segment();
        clip = (float) coefficients.clipFactor(squaredNorm);
        beta1 = (float) coefficients.beta1();
        beta2 = (float) coefficients.beta2();
        epsilon = (float) coefficients.epsilon();
        keep = (float) coefficients.keep();
        rate = (float) coefficients.rate();
        rootScale = (float) coefficients.rootScale();
        cautious = coefficients.cautious();
    }

    void update(long from, long to) {
        long i = from;
        for (; i <= to - Lanes.COUNT; i += Lanes.COUNT) {
            FloatVector gradient = Lanes.load(gradients, i).mul(clip);
            FloatVector first = first(Lanes.load(firstMoments, i), gradient);
            FloatVector second = second(Lanes.load(secondMoments, i), gradient);
            Lanes.store(first, firstMoments, i);
            Lanes.store(second, secondMoments, i);
            Lanes.store(weight(Lanes.load(weights, i), first, second), weights, i);
        }
        if (i < to) {
            VectorMask<Float> rest = Lanes.first((int) (to - i));
            FloatVector gradient = Lanes.load(gradients, i, rest).mul(clip);
            FloatVector first = first(Lanes.load(firstMoments, i, rest), gradient);
            FloatVector second = second(Lanes.load(secondMoments, i, rest), gradient);
            Lanes.store(first, firstMoments, i, rest);
            Lanes.store(second, secondMoments, i, rest);
            Lanes.store(weight(Lanes.load(weights, i, rest), first, second), weights, i, rest);
        }
    }

    private FloatVector first(FloatVector moment, FloatVector gradient) {
        return moment.mul(beta1).add(gradient.mul(1 - beta1));
    }

    private FloatVector second(FloatVector moment, FloatVector gradient) {
        return moment.mul(beta2).add(gradient.mul(gradient).mul(1 - beta2));
    }

    private FloatVector weight(FloatVector weight, FloatVector first, FloatVector second) {
        FloatVector root = second.sqrt().mul(rootScale).add(epsilon);
        FloatVector kept = weight.mul(keep);
        if (cautious) {
            kept = kept.blend(weight, weight.mul(first).compare(VectorOperators.LT, 0f));
        }
        return kept.sub(first.mul(rate).div(root));
    }
}
