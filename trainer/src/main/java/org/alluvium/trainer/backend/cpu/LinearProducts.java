package org.alluvium.trainer.backend.cpu;

import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.Weight;
import org.alluvium.trainer.backend.cpu.Gemm.Extent;
import org.alluvium.trainer.backend.cpu.Gemm.Form;
import org.alluvium.trainer.backend.cpu.Gemm.Matrix;

/** The three products of a linear layer. */
final class LinearProducts {

    private final Matmul matmul;

    LinearProducts(Matmul matmul) {
        this.matmul = matmul;
    }

    /** The master itself. */
    private record PlainWeight(CpuTensor master, int out, int in) implements Weight {}

    Weight weight(Tensor master, int out, int in) {
        return new PlainWeight(CpuTensor.of(master), out, in);
    }

    void linear(Tensor output, Tensor input, Weight weight, LinearShape shape, boolean accumulate) {
        matmul.multiply(
                Form.NT,
                new Extent(shape.rows(), shape.out(), shape.in()),
                Matrix.of(input, shape.in()),
                Matrix.of(((PlainWeight) weight).master(), shape.in()),
                accumulate ? 1f : 0f,
                Matrix.of(output, shape.out()));
    }

    void backwardInput(Tensor inputGradient, Tensor outputGradient, Weight weight, LinearShape shape) {
        matmul.multiply(
                Form.NN,
                new Extent(shape.rows(), shape.in(), shape.out()),
                Matrix.of(outputGradient, shape.out()),
                Matrix.of(((PlainWeight) weight).master(), shape.in()),
                0f,
                Matrix.of(inputGradient, shape.in()));
    }

    void backwardWeight(Tensor weightGradient, Tensor outputGradient, Tensor input, LinearShape shape) {
        matmul.multiply(
                Form.TN,
                new Extent(shape.out(), shape.in(), shape.rows()),
                Matrix.of(outputGradient, shape.out()),
                Matrix.of(input, shape.in()),
                1f,
                Matrix.of(weightGradient, shape.in()));
    }
}
