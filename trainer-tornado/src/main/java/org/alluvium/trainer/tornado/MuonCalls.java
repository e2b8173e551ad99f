package org.alluvium.trainer.tornado;

import org.alluvium.trainer.backend.MuonCoefficients;
import org.alluvium.trainer.backend.MuonMatrix;
import org.alluvium.trainer.tornado.ProductCalls.Operand;
import org.alluvium.trainer.tornado.device.Extent;
import org.alluvium.trainer.tornado.kernel.Kernel;

/** A Muon update as calls of kernels. */
final class MuonCalls {

    private final Recorder recorder;
    private final Scratch scratch;
    private final ProductCalls products;

    MuonCalls(Recorder recorder, Scratch scratch, ProductCalls products) {
        this.recorder = recorder;
        this.scratch = scratch;
        this.products = products;
    }

    /** Updates a matrix and its momentum. */
    void update(MuonMatrix matrix, int squaredNorm, MuonCoefficients coefficients) {
        int size = matrix.out() * matrix.in();
        Region x = scratch.elements(Scratch.Use.MUON_X, size).slice(0, size);
        int[] gradient = {
            x.offset(),
            Region.at(matrix.momentum()),
            Region.at(matrix.gradients()),
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
                new int[] {Region.at(matrix.weights()), orthogonal, coefficients.cautious() ? 1 : 0},
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
            Operand rows = out < in ? Operand.rows(here, in) : Operand.columns(here, in);
            product(gram, side, side, rows, rows, Math.max(out, in));
            Operand gramRows = Operand.rows(gram, side); // a gram is symmetric
            product(squared, side, side, gramRows, gramRows, side);
            recorder.call(
                    Kernel.MUON_POLYNOMIAL,
                    Extent.of(side * side, side),
                    new int[] {squared, gram},
                    (float) MuonCoefficients.A,
                    (float) MuonCoefficients.B,
                    (float) MuonCoefficients.C);
            Operand squares = Operand.rows(squared, side);
            if (out < in) {
                product(there, out, in, squares, Operand.columns(here, in), side);
            } else {
                product(there, out, in, Operand.rows(here, in), squares, side);
            }
            int swapped = here;
            here = there;
            there = swapped;
        }
        return here;
    }

    private void product(int output, int rows, int columns, Operand x, Operand y, int depth) {
        products.product(output, new Extent(rows * columns, columns, depth), x, y, false);
    }
}
