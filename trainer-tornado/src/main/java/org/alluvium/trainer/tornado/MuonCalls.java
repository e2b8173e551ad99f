package org.alluvium.trainer.tornado;

import org.alluvium.trainer.backend.MuonCoefficients;
import org.alluvium.trainer.backend.MuonMatrix;
import org.alluvium.trainer.tornado.device.Extent;
import org.alluvium.trainer.tornado.kernel.Kernel;

/** A Muon update as calls of kernels. */
final class MuonCalls {

    private static final int STRANDS = 256;

    private final Recorder recorder;
    private final Scratch scratch;

    MuonCalls(Recorder recorder, Scratch scratch) {
        this.recorder = recorder;
        this.scratch = scratch;
    }

    /** Updates a matrix and its momentum. */
    void update(MuonMatrix matrix, int squaredNorm, MuonCoefficients coefficients) {
        int size = matrix.out() * matrix.in();
        Region x = scratch.elements("muon x", size).slice(0, size);
        recorder.call(
                Kernel.MUON_MOMENTUM,
                Extent.of(size),
                new int[] {
                    x.offset(),
                    Region.of(matrix.momentum()).offset(),
                    Region.of(matrix.gradients()).offset(),
                    squaredNorm,
                    coefficients.nesterov() ? 1 : 0
                },
                (float) coefficients.maxNorm(),
                (float) coefficients.momentum(),
                (float) (1 - coefficients.momentum()));
        int orthogonal = orthogonal(x, matrix, coefficients.iterations());
        recorder.call(
                Kernel.MUON_APPLY,
                Extent.of(size),
                new int[] {Region.of(matrix.weights()).offset(), orthogonal, coefficients.cautious() ? 1 : 0},
                (float) coefficients.keep(),
                (float) (coefficients.rate() * matrix.scale()));
    }

    /** Where x is in the end: iterations write to and fro between two places. */
    private int orthogonal(Region x, MuonMatrix matrix, int iterations) {
        int in = matrix.in();
        int norm = scratch.elements("muon norm", 1).offset();
        scratch.squaredNorm(norm, x, STRANDS);
        recorder.call(Kernel.MUON_SCALE, Extent.of(x.count()), new int[] {x.offset(), norm}, (float)
                MuonCoefficients.EPSILON);
        int here = x.offset();
        int there = scratch.elements("muon next x", x.count()).offset();
        int gram = scratch.elements("muon gram", (long) in * in).offset();
        int squared = scratch.elements("muon gram squared", (long) in * in).offset();
        for (int i = 0; i < iterations; i++) {
            product(gram, in, in, matrix.out(), here, 1, in, here, 1, in);
            product(squared, in, in, in, gram, in, 1, gram, in, 1); // a gram is symmetric
            recorder.call(
                    Kernel.MUON_POLYNOMIAL,
                    Extent.of(in * in, in),
                    new int[] {squared, gram},
                    (float) MuonCoefficients.A,
                    (float) MuonCoefficients.B,
                    (float) MuonCoefficients.C);
            product(there, matrix.out(), in, in, here, in, 1, squared, in, 1);
            int swapped = here;
            here = there;
            there = swapped;
        }
        return here;
    }

    private void product(int output, int rows, int columns, int depth, int... operands) {
        int[] arguments = new int[9];
        arguments[0] = output;
        System.arraycopy(operands, 0, arguments, 1, operands.length);
        recorder.call(Kernel.PRODUCT, new Extent(rows * columns, columns, depth), arguments);
    }
}
