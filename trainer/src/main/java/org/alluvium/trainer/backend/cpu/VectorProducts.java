package org.alluvium.trainer.backend.cpu;

import java.util.stream.Stream;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.Weight;
import org.alluvium.trainer.backend.cpu.Gemm.Extent;
import org.alluvium.trainer.backend.cpu.Gemm.Form;
import org.alluvium.trainer.backend.cpu.Gemm.Matrix;

/** Linear layers in the Vector API. */
final class VectorProducts implements LinearProducts {

    private final Matmul matmul;

    VectorProducts(WorkTeam team) {
        Gemm[] gemms = Stream.generate(VectorGemm::new).limit(team.threads()).toArray(Gemm[]::new);
        matmul = new Matmul(team, gemms);
    }

    /** The master itself. */
    private record PlainWeight(CpuTensor master, int out, int in) implements Weight {}

    @Override
    public ElementType activations() {
        return ElementType.F32;
    }

    @Override
    public Weight weight(CpuTensor master, int out, int in) {
        return new PlainWeight(master, out, in);
    }

    @Override
    public long weightBytes(int out, int in) {
        return 0;
    }

    @Override
    public void refresh(Weight weight) {
        // a weight is its master
    }

    @Override
    public void linear(CpuTensor output, CpuTensor input, Weight weight, LinearShape shape, boolean accumulate) {
        matmul.multiply(
                Form.NT,
                new Extent(shape.rows(), shape.out(), shape.in()),
                Matrix.of(input, shape.in()),
                Matrix.of(((PlainWeight) weight).master(), shape.in()),
                accumulate ? 1f : 0f,
                Matrix.of(output, shape.out()));
    }

    @Override
    public void backwardInput(CpuTensor inputGradient, CpuTensor outputGradient, Weight weight, LinearShape shape) {
        matmul.multiply(
                Form.NN,
                new Extent(shape.rows(), shape.in(), shape.out()),
                Matrix.of(outputGradient, shape.out()),
                Matrix.of(((PlainWeight) weight).master(), shape.in()),
                0f,
                Matrix.of(inputGradient, shape.in()));
    }

    @Override
    public void backwardWeight(CpuTensor weightGradient, CpuTensor outputGradient, CpuTensor input, LinearShape shape) {
        matmul.multiply(
                Form.TN,
                new Extent(shape.out(), shape.in(), shape.rows()),
                Matrix.of(outputGradient, shape.out()),
                Matrix.of(input, shape.in()),
                1f,
                Matrix.of(weightGradient, shape.in()));
    }
}
