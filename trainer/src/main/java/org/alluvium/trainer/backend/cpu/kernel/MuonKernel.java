package org.alluvium.trainer.backend.cpu.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.alluvium.trainer.backend.MuonCoefficients;
import org.alluvium.trainer.backend.MuonMatrix;
import org.alluvium.trainer.backend.cpu.lanes.FlatKernels;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;
import org.alluvium.trainer.backend.cpu.lanes.Scalars;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;
import org.alluvium.trainer.backend.cpu.product.Gemm;
import org.alluvium.trainer.backend.cpu.product.Gemm.Extent;
import org.alluvium.trainer.backend.cpu.product.Gemm.Form;
import org.alluvium.trainer.backend.cpu.product.Gemm.Matrix;

/**
 * One Muon update of a matrix, on one thread; see {@link MuonCoefficients}. Whole matrices are the tiles of an update: there
 * are dozens of them, they are small, and what lies between two products stays in the cache.
 *
 * <p>The smaller of the two Gram matrices is iterated on: where the matrix is wide, {@code (a I + b x x^T + c (x x^T)^2) x}
 * is the same. The division by the norm needs no pass of its own, since it is a factor of the first polynomial.
 */
final class MuonKernel {

    private final MuonMatrix matrix;
    private final MuonCoefficients coefficients;
    private final float clip;
    private final Gemm gemm;
    private final boolean tall;
    private final int side; // of the Gram matrix
    private final int size;
    private final Matrix gram; // (side,side)
    private final Matrix square; // (side,side)
    private Matrix current; // (out,in)
    private Matrix next; // (out,in)

    /** @param scratch of {@link #scratchElements} */
    MuonKernel(MuonMatrix matrix, MuonCoefficients coefficients, float squaredNorm, Gemm gemm, MemorySegment scratch) {
        this.matrix = matrix;
        this.coefficients = coefficients;
        this.gemm = gemm;
        clip = (float) coefficients.clipFactor(squaredNorm);
        tall = matrix.out() >= matrix.in();
        side = Math.min(matrix.out(), matrix.in());
        size = matrix.out() * matrix.in();
        current = Matrix.floats(scratch, 0, matrix.in());
        next = Matrix.floats(scratch, aligned(size), matrix.in());
        gram = Matrix.floats(scratch, 2 * aligned(size), side);
        square = Matrix.floats(scratch, 2 * aligned(size) + aligned((long) side * side), side);
    }

    /** Floats of scratch memory that a matrix needs. */
    static long scratchElements(int out, int in) {
        long side = Math.min(out, in);
        return 2 * aligned((long) out * in) + 2 * aligned(side * side);
    }

    private static long aligned(long size) {
        return (size + Lanes.COUNT - 1) / Lanes.COUNT * Lanes.COUNT;
    }

    void update() {
        lookAhead();
        double norm = Math.sqrt(FlatKernels.sumOfSquares(current.segment(), current.offset(), current.offset() + size));
        iterate(1 / (norm + MuonCoefficients.EPSILON));
        for (int i = 1; i < coefficients.iterations(); i++) {
            iterate(1);
        }
        move();
    }

    /** Updates the momentum and writes u. */
    private void lookAhead() {
        MemorySegment gradients = CpuTensor.floats(matrix.gradients());
        MemorySegment momenta = CpuTensor.floats(matrix.momentum());
        float share = (float) coefficients.momentum();
        float fresh = (float) (1 - coefficients.momentum());
        float ahead = coefficients.nesterov() ? share : 1;
        float beside = coefficients.nesterov() ? fresh : 0;
        for (int i = 0; i < size; i += Lanes.COUNT) {
            VectorMask<Float> inside = Lanes.SPECIES.indexInRange(i, size);
            FloatVector gradient = Lanes.load(gradients, i, inside).mul(clip);
            FloatVector momentum = Lanes.load(momenta, i, inside).mul(share).add(gradient.mul(fresh));
            Lanes.store(momentum, momenta, i, inside);
            Lanes.store(momentum.mul(ahead).add(gradient.mul(beside)), current.segment(), current.offset() + i, inside);
        }
    }

    /** One iteration on {@code factor} times the current matrix. */
    private void iterate(double factor) {
        Extent gramExtent = new Extent(side, side, tall ? matrix.out() : matrix.in());
        gemm.multiply(tall ? Form.TN : Form.NT, gramExtent, 1, current, current, 0, gram);
        gemm.multiply(Form.NN, new Extent(side, side, side), 1, gram, gram, 0, square);
        polynomial(factor);
        Extent extent = new Extent(matrix.out(), matrix.in(), side);
        gemm.multiply(Form.NN, extent, 1, tall ? current : gram, tall ? gram : current, 0, next);
        Matrix done = current;
        current = next;
        next = done;
    }

    /** Turns the Gram matrix G of x into {@code factor (a I + b factor^2 G + c factor^4 G^2)}. */
    private void polynomial(double factor) {
        double squared = factor * factor;
        float diagonal = (float) (MuonCoefficients.A * factor);
        float first = (float) (MuonCoefficients.B * squared * factor);
        float second = (float) (MuonCoefficients.C * squared * squared * factor);
        MemorySegment memory = gram.segment();
        int count = side * side;
        for (int i = 0; i < count; i += Lanes.COUNT) {
            VectorMask<Float> inside = Lanes.SPECIES.indexInRange(i, count);
            FloatVector sum = Lanes.load(memory, gram.offset() + i, inside)
                    .mul(first)
                    .add(Lanes.load(memory, square.offset() + i, inside).mul(second));
            Lanes.store(sum, memory, gram.offset() + i, inside);
        }
        for (int d = 0; d < side; d++) {
            long at = gram.offset() + (long) d * side + d;
            Scalars.set(memory, at, Scalars.get(memory, at) + diagonal);
        }
    }

    private void move() {
        MemorySegment weights = CpuTensor.floats(matrix.weights());
        float keep = (float) coefficients.keep();
        float rate = (float) (coefficients.rate() * matrix.scale());
        for (int i = 0; i < size; i += Lanes.COUNT) {
            VectorMask<Float> inside = Lanes.SPECIES.indexInRange(i, size);
            FloatVector weight = Lanes.load(weights, i, inside);
            FloatVector direction = Lanes.load(current.segment(), current.offset() + i, inside);
            FloatVector kept = weight.mul(keep);
            if (coefficients.cautious()) {
                kept = kept.blend(weight, weight.mul(direction).compare(VectorOperators.LT, 0f));
            }
            Lanes.store(kept.sub(direction.mul(rate)), weights, i, inside);
        }
    }
}
