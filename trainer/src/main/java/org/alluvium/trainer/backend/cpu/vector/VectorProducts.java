package org.alluvium.trainer.backend.cpu.vector;

import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.Weight;
import org.alluvium.trainer.backend.Workload;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;
import org.alluvium.trainer.backend.cpu.product.Gemm.Matrix;
import org.alluvium.trainer.backend.cpu.product.LinearProducts;
import org.alluvium.trainer.backend.cpu.team.WorkTeam;
import org.alluvium.trainer.backend.cpu.vector.PanelProduct.Factors;
import org.alluvium.trainer.backend.cpu.vector.PanelProduct.Range;

/**
 * Linear layers in the Vector API. Right operands are always packed: weights when they change, for both directions, and
 * inputs for the gradient of a weight just before they are multiplied.
 */
final class VectorProducts implements LinearProducts {

    private static final int TILE_ROWS = 2 * PanelProduct.BLOCK_ROWS;
    private static final int TILE_COLUMNS = 512;
    private static final int PANELS = TILE_COLUMNS / VectorKernel.COLUMNS;

    private final WorkTeam team;
    private final PanelProduct[] products; // one a worker
    private float[] packedInput = new float[0];
    private long weightBytes;

    VectorProducts(WorkTeam team) {
        this.team = team;
        products = Stream.generate(PanelProduct::new).limit(team.threads()).toArray(PanelProduct[]::new);
    }

    /** A weight (out,in), packed as (in,out) to go forward and, if it learns, as (out,in) to go back. */
    private record PackedWeight(CpuTensor master, int out, int in, Panels forward, Optional<Panels> backward)
            implements Weight {

        Panels back() {
            return backward.orElseThrow(() -> new IllegalStateException("a weight that was made not to learn"));
        }
    }

    @Override
    public ElementType activations() {
        return ElementType.F32;
    }

    @Override
    public Weight weight(CpuTensor master, int out, int in, boolean learns) {
        weightBytes += weightBytes(out, in, learns);
        Panels forward = new Panels(in, out, new float[Panels.size(in, out)]);
        Optional<Panels> backward =
                learns ? Optional.of(new Panels(out, in, new float[Panels.size(out, in)])) : Optional.empty();
        PackedWeight weight = new PackedWeight(master, out, in, forward, backward);
        refresh(weight);
        return weight;
    }

    @Override
    public long weightBytes(int out, int in, boolean learns) {
        return Float.BYTES * (Panels.size(in, out) + (learns ? (long) Panels.size(out, in) : 0));
    }

    @Override
    public long scratchBytes(Workload work, int threads) {
        return Float.BYTES * inputSize(work) + threads * PanelProduct.bytes();
    }

    private static long inputSize(Workload work) {
        return work.weights().stream()
                .filter(_ -> work.learns())
                .mapToLong(shape -> Panels.size(shape.rows(), shape.in()))
                .max()
                .orElse(0);
    }

    @Override
    public void reserve(Workload work) {
        roomForInput(Math.toIntExact(inputSize(work)));
    }

    private float[] roomForInput(int size) {
        if (packedInput.length < size) {
            packedInput = new float[size];
        }
        return packedInput;
    }

    @Override
    public long allocatedBytes() {
        return weightBytes + Float.BYTES * (long) packedInput.length + products.length * PanelProduct.bytes();
    }

    @Override
    public void refresh(Weight weight) {
        PackedWeight own = (PackedWeight) weight;
        Matrix master = Matrix.of(own.master(), own.in());
        int back = own.backward().map(Panels::count).orElse(0);
        team.run(back + own.forward().count(), (tile, worker) -> {
            if (tile < back) {
                own.back().pack(tile, master, false);
            } else {
                own.forward().pack(tile - back, master, true);
            }
        });
    }

    @Override
    public void linear(CpuTensor output, CpuTensor input, Weight weight, LinearShape shape, boolean accumulate) {
        Matrix a = Matrix.of(input, shape.in());
        Matrix c = Matrix.of(output, shape.out());
        multiply(shape.rows(), a, false, ((PackedWeight) weight).forward(), accumulate ? 1f : 0f, c);
    }

    @Override
    public void backwardInput(CpuTensor inputGradient, CpuTensor outputGradient, Weight weight, LinearShape shape) {
        Matrix a = Matrix.of(outputGradient, shape.out());
        Matrix c = Matrix.of(inputGradient, shape.in());
        multiply(shape.rows(), a, false, ((PackedWeight) weight).back(), 0f, c);
    }

    @Override
    public void backwardWeight(
            CpuTensor weightGradient,
            CpuTensor outputGradient,
            CpuTensor input,
            LinearShape shape,
            boolean accumulate) {
        int size = Panels.size(shape.rows(), shape.in());
        Panels panels = new Panels(shape.rows(), shape.in(), roomForInput(size));
        Matrix source = Matrix.of(input, shape.in());
        team.run(panels.count(), (panel, worker) -> panels.pack(panel, source, false));
        Matrix a = Matrix.of(outputGradient, shape.out());
        multiply(shape.out(), a, true, panels, accumulate ? 1f : 0f, Matrix.of(weightGradient, shape.in()));
    }

    private void multiply(int rows, Matrix a, boolean transposed, Panels b, float beta, Matrix c) {
        int across = Math.ceilDiv(b.count(), PANELS);
        int down = Math.ceilDiv(rows, TILE_ROWS);
        Factors factors = new Factors(1f, beta);
        team.run(down * across, (tile, worker) -> {
            int row = tile / across * TILE_ROWS;
            int height = Math.min(TILE_ROWS, rows - row);
            int from = tile % across * PANELS;
            Range range = new Range(b, from, Math.min(b.count(), from + PANELS));
            Matrix part = transposed ? a.at(0, row) : a.at(row, 0);
            products[worker].multiply(part, transposed, height, range, factors, c.at(row, 0));
        });
    }
}
