package org.alluvium.trainer.tornado;

import org.alluvium.trainer.backend.MuonCoefficients;
import org.alluvium.trainer.backend.MuonMatrix;
import org.alluvium.trainer.tornado.device.Extent;
import org.alluvium.trainer.tornado.kernel.Kernel;

/** A Muon update as calls of kernels. */
final class MuonCalls {

    private final Recorder recorder;
    private final Scratch scratch;

    MuonCalls(Recorder recorder, Scratch scratch) {
        this.recorder = recorder;
        this.scratch = scratch;
    }

    /** Updates a matrix and its momentum. */
    void update(MuonMatrix matrix, int squaredNorm, MuonCoefficients coefficients) {
        int size = matrix.out() * matrix.in();
        Region x = scratch.elements(Scratch.Use.MUON_X, size).slice(0, size);
        int[] gradient = {
            x.offset(),
            Region.of(matrix.momentum()).offset(),
            Region.of(matrix.gradients()).offset(),
            squaredNorm,
            coefficients.nesterov() ? 1 : 0
        };
        recorder.call(
                Kernel.MUON_MOMENTUM,
                Extent.of(size),
                gradient,
                (float) coefficients.maxNorm(),
                (float) coefficients.momentum(),
                (float) (1 - coefficients.momentum()));
        int norm = scratch.elements(Scratch.Use.MUON_NORM, 1).offset();
        scratch.squaredNorm(norm, x);
        recorder.call(
                Kernel.MUON_SCALE, Extent.of(size), new int[] {x.offset(), norm}, (float) MuonCoefficients.EPSILON);
        int orthogonal = orthogonal(x, matrix.out(), matrix.in(), coefficients.iterations());
        recorder.call(
                Kernel.MUON_APPLY,
                Extent.of(size),
                new int[] {Region.of(matrix.weights()).offset(), orthogonal, coefficients.cautious() ? 1 : 0},
                (float) coefficients.keep(),
                (float) (coefficients.rate() * matrix.scale()));
    }

    /** Where x is in the end: iterations write to and fro between two places. Squares are of the smaller side. */
    private int orthogonal(Region x, int out, int in, int iterations) {
        int side = Math.min(out, in);
        int here = x.offset();
        int there = scratch.elements(Scratch.Use.MUON_NEXT_X, x.count()).offset();
        int gram = scratch.elements(Scratch.Use.MUON_GRAM, (long) side * side).offset();
        int squared = scratch.elements(Scratch.Use.MUON_GRAM_SQUARED, (long) side * side)
                .offset();
        for (int i = 0; i < iterations; i++) {
            if (out < in) {
                product(gram, new Extent(side * side, side, in), here, in, 1, here, in, 1);
            } else {
                product(gram, new Extent(side * side, side, out), here, 1, in, here, 1, in);
            }
            product(squared, new Extent(side * side, side, side), gram, side, 1, gram, side, 1); // a gram is symmetric
            recorder.call(
                    Kernel.MUON_POLYNOMIAL,
                    Extent.of(side * side, side),
                    new int[] {squared, gram},
                    (float) MuonCoefficients.A,
                    (float) MuonCoefficients.B,
                    (float) MuonCoefficients.C);
            if (out < in) {
                product(there, new Extent(out * in, in, out), squared, out, 1, here, 1, in);
            } else {
                product(there, new Extent(out * in, in, in), here, in, 1, squared, in, 1);
            }
            int swapped = here;
            here = there;
            there = swapped;
        }
        return here;
    }

    /** Operands are, twice: where it begins, its stride along the output, its stride along the sum. */
    private void product(int output, Extent extent, int... operands) {
        int[] arguments = new int[8];
        arguments[0] = output;
        System.arraycopy(operands, 0, arguments, 1, operands.length);
        recorder.call(Kernel.PRODUCT, extent, arguments);
    }
}
