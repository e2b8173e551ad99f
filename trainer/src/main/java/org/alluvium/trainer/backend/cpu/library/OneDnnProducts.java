package org.alluvium.trainer.backend.cpu.library;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.Weight;
import org.alluvium.trainer.backend.Workload;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;
import org.alluvium.trainer.backend.cpu.product.LinearProducts;
import org.alluvium.trainer.backend.cpu.team.ColumnTiles;
import org.alluvium.trainer.backend.cpu.team.RowTiles;
import org.alluvium.trainer.backend.cpu.team.WorkTeam;
import org.alluvium.trainer.backend.onednn.OneDnn;
import org.alluvium.trainer.backend.onednn.Product;
import org.alluvium.trainer.backend.onednn.Strided;

/**
 * Linear layers by oneDNN. Right operands are always packed: weights when they change, for both directions, and inputs
 * for the gradient of a weight just before they are multiplied.
 */
final class OneDnnProducts implements LinearProducts {

    private static final int HIGHEST = 256;
    private static final int WIDEST = 256;
    private static final int HIGHEST_OF_GRADIENT = 128; // fewer, since gradients of weights are small
    private static final int FEWEST_OF_GRADIENT = 6; // tiles; with fewer, threads wait for the last one
    private static final int WIDEST_OF_GRADIENT = 512; // more, since the left operand is copied for each tile

    private final OneDnn library;
    private final ElementType type;
    private final WorkTeam team;
    private final Arena arena;
    private MemorySegment packedInput = MemorySegment.NULL;

    /** @param type of activations and packed weights */
    OneDnnProducts(OneDnn library, ElementType type, WorkTeam team, Arena arena) {
        this.library = library;
        this.type = type;
        this.team = team;
        this.arena = arena;
    }

    /** A weight (out,in), packed as (in,out) to go forward and, if it learns, as (out,in) to go back. */
    private record PackedWeight(
            CpuTensor master, int out, int in, PackedMatrix forward, Optional<PackedMatrix> backward)
            implements Weight {

        PackedMatrix back() {
            return backward.orElseThrow(() -> new IllegalStateException("a weight that was made not to learn"));
        }
    }

    @Override
    public ElementType activations() {
        return type;
    }

    @Override
    public Weight weight(CpuTensor master, int out, int in, boolean learns) {
        Optional<PackedMatrix> backward = learns ? Optional.of(backward(out, in).allocatedIn(arena)) : Optional.empty();
        PackedWeight weight = new PackedWeight(master, out, in, forward(out, in).allocatedIn(arena), backward);
        refresh(weight);
        return weight;
    }

    private PackedMatrix forward(int out, int in) {
        Strided source = Strided.columnMajor(ElementType.F32, in);
        return PackedMatrix.layout(library, in, ColumnTiles.atMost(WIDEST, out), source, type);
    }

    private PackedMatrix backward(int out, int in) {
        Strided source = Strided.rowMajor(ElementType.F32, in);
        return PackedMatrix.layout(library, out, ColumnTiles.atMost(WIDEST, in), source, type);
    }

    @Override
    public long weightBytes(int out, int in, boolean learns) {
        return forward(out, in).bytes() + (learns ? backward(out, in).bytes() : 0);
    }

    /** {@inheritDoc} Of gradients of weights, which copy an operand, the library says it once their products are made. */
    @Override
    public long scratchBytes(Workload work, int threads) {
        if (!work.learns()) {
            return threads * OneDnn.leastScratch();
        }
        work.weights().forEach(this::makeGradientProducts);
        return inputBytes(work) + threads * library.scratchBytes();
    }

    /** Of the packed input of the product that has the largest; only gradients of weights pack their input. */
    private long inputBytes(Workload work) {
        if (!work.learns()) {
            return 0;
        }
        return work.weights().stream()
                .mapToLong(shape -> inputLayout(shape).bytes())
                .max()
                .orElse(0);
    }

    @Override
    public void reserve(Workload work) {
        roomForInput(inputBytes(work));
    }

    private MemorySegment roomForInput(long bytes) {
        if (packedInput.byteSize() < bytes) {
            packedInput = arena.allocate(bytes, PackedMatrix.ALIGNMENT);
        }
        return packedInput;
    }

    @Override
    public long allocatedBytes() {
        return team.threads() * library.scratchBytes();
    }

    @Override
    public void refresh(Weight weight) {
        PackedWeight own = (PackedWeight) weight;
        MemorySegment master = own.master().segment();
        int forward = own.forward().parts(); // first, since its parts are the larger ones
        int back = own.backward().map(PackedMatrix::parts).orElse(0);
        team.run(forward + back, (part, worker) -> {
            if (part < forward) {
                own.forward().pack(part, worker, master);
            } else {
                own.back().pack(part - forward, worker, master);
            }
        });
    }

    @Override
    public void linear(CpuTensor output, CpuTensor input, Weight weight, LinearShape shape, boolean accumulate) {
        Strided a = Strided.rowMajor(require(input), shape.in());
        Strided c = Strided.rowMajor(output.type(), shape.out());
        RowTiles rows = new RowTiles(shape.rows(), HIGHEST);
        multiply(rows, new Operand(input, a), ((PackedWeight) weight).forward(), new Operand(output, c), accumulate);
    }

    @Override
    public void backwardInput(CpuTensor inputGradient, CpuTensor outputGradient, Weight weight, LinearShape shape) {
        Strided a = Strided.rowMajor(require(outputGradient), shape.out());
        Strided c = Strided.rowMajor(inputGradient.type(), shape.in());
        RowTiles rows = new RowTiles(shape.rows(), HIGHEST);
        PackedMatrix b = ((PackedWeight) weight).back();
        multiply(rows, new Operand(outputGradient, a), b, new Operand(inputGradient, c), false);
    }

    @Override
    public void backwardWeight(
            CpuTensor weightGradient,
            CpuTensor outputGradient,
            CpuTensor input,
            LinearShape shape,
            boolean accumulate) {
        Strided a = Strided.columnMajor(require(outputGradient), shape.out());
        Strided c = Strided.rowMajor(weightGradient.type(), shape.in());
        PackedMatrix b = packed(input, shape);
        RowTiles rows = gradientRows(shape);
        multiply(rows, new Operand(outputGradient, a), b, new Operand(weightGradient, c), accumulate);
    }

    private ElementType require(CpuTensor tensor) {
        if (tensor.type() != type) {
            throw new IllegalArgumentException("a tensor of " + tensor.type() + " where products read " + type);
        }
        return type;
    }

    private PackedMatrix inputLayout(LinearShape shape) {
        ColumnTiles tiles = ColumnTiles.atMost(WIDEST_OF_GRADIENT, shape.in());
        return PackedMatrix.layout(library, shape.rows(), tiles, Strided.rowMajor(type, shape.in()), type);
    }

    private PackedMatrix packed(CpuTensor input, LinearShape shape) {
        require(input);
        PackedMatrix layout = inputLayout(shape);
        PackedMatrix packed = layout.in(roomForInput(layout.bytes()));
        team.run(layout.parts(), (part, worker) -> packed.pack(part, worker, input.segment()));
        return packed;
    }

    /** A plain matrix: where it begins, and how it lies. */
    private record Operand(CpuTensor tensor, Strided layout) {

        long address(int row, int column) {
            long elements = row * layout.rowStride() + column * layout.columnStride();
            return tensor.segment().address() + elements * layout.type().bytes();
        }
    }

    private void multiply(RowTiles rows, Operand a, PackedMatrix b, Operand c, boolean accumulate) {
        if (c.layout().type() != ElementType.F32 && (accumulate || c.layout().type() != type)) {
            throw new IllegalArgumentException(
                    "a product of " + type + " into " + c.layout().type());
        }
        int across = b.tiles().count();
        Product[] products = products(rows, a.layout(), b, c.layout(), accumulate);
        team.run(products.length, (tile, worker) -> {
            int row = rows.from(tile / across);
            int column = tile % across;
            long result = c.address(row, b.tiles().from(column));
            products[tile].run(worker, a.address(row, 0), b.address(column), result);
        });
    }

    /** One for each tile; made by one thread, since the library is not made for more. */
    private Product[] products(RowTiles rows, Strided a, PackedMatrix b, Strided c, boolean accumulate) {
        int across = b.tiles().count();
        Product[] products = new Product[rows.count() * across];
        for (int tile = 0; tile < products.length; tile++) {
            products[tile] = library.product(rows.height(tile / across), a, b.packing(tile % across), c, accumulate);
        }
        return products;
    }

    /** Tiles half as high where there would be few. */
    private static RowTiles gradientRows(LinearShape shape) {
        RowTiles high = new RowTiles(shape.out(), HIGHEST_OF_GRADIENT);
        int across = ColumnTiles.atMost(WIDEST_OF_GRADIENT, shape.in()).count();
        return high.count() * across < FEWEST_OF_GRADIENT ? new RowTiles(shape.out(), HIGHEST_OF_GRADIENT / 2) : high;
    }

    private void makeGradientProducts(LinearShape shape) {
        Strided a = Strided.columnMajor(type, shape.out());
        Strided c = Strided.rowMajor(ElementType.F32, shape.in());
        RowTiles rows = gradientRows(shape);
        products(rows, a, inputLayout(shape), c, false);
        products(rows, a, inputLayout(shape), c, true);
    }
}
